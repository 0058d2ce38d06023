const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' })
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

export const formatExact = (iso: string): string => exact.format(new Date(iso))
export const formatDay = (iso: string): string => day.format(new Date(iso))

function describe(iso: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1000
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  }
  return seconds > 0 ? 'in a moment' : 'just now'
}

/** "3 days ago", with the exact moment on hover and for whoever reads the element's date. */
export function RelativeTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(at)}>
      {describe(at, Date.now())}
    </time>
  )
}

/** "14 Nov 2026", with the exact moment on hover. */
export function Day({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatDay(at)}
    </time>
  )
}
