/** Plain ASCII addresses only: nothing that two systems could read as two different people. */
const pattern =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/

/** An e-mail address in the one form it is stored and compared in: lower case; null when it is none. */
export function parseEmail(text: string): string | null {
  const trimmed = text.trim()
  // Before lower-casing, which would turn a few letters outside ASCII (the Kelvin sign) into ASCII ones.
  if (!/^[\x21-\x7e]{3,254}$/.test(trimmed)) return null
  const email = trimmed.toLowerCase()
  return pattern.test(email) ? email : null
}
