const units: [minutes: number, one: string, many: string][] = [
  [1440, 'day', 'days'],
  [60, 'hour', 'hours'],
  [1, 'minute', 'minutes'],
]

/** A number of minutes as people say it: `90` is "90 minutes", `120` is "2 hours". */
export function describeMinutes(minutes: number): string {
  const [size, one, many] = units.find(([each]) => minutes % each === 0) ?? [1, 'minute', 'minutes']
  const count = minutes / size
  return `${count} ${count === 1 ? one : many}`
}

export const countSessions = (count: number): string => (count === 1 ? 'one session' : `${count} sessions`)
