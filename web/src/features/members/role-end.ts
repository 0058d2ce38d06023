const two = (number: number): string => String(number).padStart(2, '0')

/** The day of a moment where the reader is, as a date field takes it; empty for none. */
export function dayOf(at: string | null): string {
  if (at === null) return ''
  const day = new Date(at)
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The last moment of a day of a date field where the reader is, as the API takes it; null for none. */
export function endOfDay(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  return new Date(year, month - 1, date, 23, 59, 59).toISOString()
}
