/** True when the value is one of the type for sure; false when it is none, or when we do not know. */
export type SimpleType = (value: string) => boolean

export const anyText: SimpleType = () => true

const path = '(?:[A-Za-z0-9._~/@:+-]|%[0-9A-Fa-f]{2})*'
const afterPath = `(?:\\?(?:[A-Za-z0-9._~/@:+=&-]|%[0-9A-Fa-f]{2})*)?(?:#[A-Za-z0-9._-]*)?`
const plainUri = new RegExp(
  `^(?:[A-Za-z][A-Za-z0-9+.-]*:(?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/${path})?|[A-Za-z0-9]${path})|[A-Za-z0-9._-]*)${afterPath}$`,
)

/** URIs of letters, digits and the usual marks; which others there are is a long story (RFC 3986; XML Schema 2, 3.2.17). */
export const anyUri: SimpleType = (value) => plainUri.test(value)

const months = ['(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])', '(?:0[13-9]|1[0-2])-(?:29|30)', '(?:0[13578]|1[02])-31']
const plainDateTime = new RegExp(
  `^(?:19|20)[0-9]{2}-(?:${months.join('|')})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,12})?Z$`,
)

/** Of these two centuries and in UTC, but for the 29th of February. */
export const dateTime: SimpleType = (value) => plainDateTime.test(value)

/** Names in ASCII, without a colon. */
export const ncName: SimpleType = (value) => /^[A-Za-z_][A-Za-z0-9._-]*$/.test(value)

export const nonNegativeInteger: SimpleType = (value) => /^[0-9]{1,18}$/.test(value)

/** Written again, only what was Base64 is what it was; the bits that fill no byte are none (XML Schema 2, 3.2.16). */
const isPacked = (value: string): boolean => value !== '' && Buffer.from(value, 'base64').toString('base64') === value

/** White space may be anywhere in it. */
export const base64Binary: SimpleType = (value) => isPacked(value) || isPacked(value.replace(/[\t\n\r ]/g, ''))
