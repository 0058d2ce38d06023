/** For how long a token may be made, in days; null: until it is revoked. */
export const lifetimes: readonly { value: string; label: string; days: number | null }[] = [
  { value: '30', label: '30 days', days: 30 },
  { value: '90', label: '90 days', days: 90 },
  { value: '365', label: 'One year', days: 365 },
  { value: 'never', label: 'Never', days: null },
]

/** The moment so many days from `now`, as the API takes it; null for an unknown choice and for never. */
export function expiryOf(value: string, now: Date): string | null {
  const days = lifetimes.find((lifetime) => lifetime.value === value)?.days ?? null
  return days === null ? null : new Date(now.getTime() + days * 86_400_000).toISOString()
}
