const pattern =
  /^P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?$/

const day = 24 * 60 * 60 * 1000
/** Milliseconds of a year, month, day, hour, minute and second; a year and a month as short as they come. */
const units = [365 * day, 28 * day, day, 60 * 60 * 1000, 60 * 1000, 1000]

/** An xs:duration in milliseconds (XML Schema Datatypes 3.2.6); null when it is none, or negative. */
export function parseXsdDuration(text: string): number | null {
  const match = pattern.exec(text.trim())
  if (match === null) return null
  return units.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0)
}
