import { domainToASCII } from 'node:url'

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const pattern = new RegExp(`^${label}(?:\\.${label})+$`)

/**
 * A domain name in the one form it is stored and compared in: lower case, ASCII (Punycode), at least two labels, no
 * trailing dot; null when it is none. An address in the internet is none either.
 */
export function parseDomainName(text: string): string | null {
  const name = domainToASCII(text.trim().replace(/\.$/, '')).toLowerCase()
  return name.length <= 253 && pattern.test(name) && !/^[0-9.]+$/.test(name) ? name : null
}

/** The domain of an e-mail address that parseEmail() took. */
export const mailDomainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)
