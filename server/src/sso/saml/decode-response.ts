import { count } from './crowded-markup.ts'

export const longestResponse = 256 * 1024

/**
 * Room for a thousand groups, each with its type and the namespaces of that. Each mistake against the schema costs time,
 * more so the more elements there are beside it; of elements that are not values, real responses hold a few dozen.
 */
const limits = {
  elements: 3000,
  elementsExceptValues: 300,
  attributes: 6000,
}

const [exclamationMark, slash, questionMark] = [0x21, 0x2f, 0x3f]

type Problem = { reason: 'RESPONSE_TOO_LARGE' | 'RESPONSE_MALFORMED' | 'RESPONSE_NOT_ALLOWED'; detail: string }
type Decoded = { text: string } | Problem

const refused = (reason: Problem['reason'], detail: string): Problem => ({ reason, detail })

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"utf-8"|'utf-8'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/i

/** The text without its XML declaration: what a sender may put before an element that it encrypts. */
export const withoutDeclaration = (text: string): string =>
  text.startsWith('<?xml') ? text.replace(declaration, '') : text

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** How many begin with `<`, with `</`, and with neither a name nor that: what is no tag. */
function countMarkup(text: string): { all: number; ends: number; others: number } {
  const found = { all: 0, ends: 0, others: 0 }
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1)
    found.all++
    if (next === slash) found.ends++
    else if (next === exclamationMark || next === questionMark) found.others++
  }
  return found
}

type Markup = ReturnType<typeof countMarkup>

/**
 * What may not be in the text at all, in a message as it arrived or with what was encrypted in it. In well-formed XML
 * every document type, entity, comment, CDATA section and processing instruction begins with one of two pairs of
 * characters, so that looking after each `<` finds them all. They are the means by which one text is made to say
 * different things to different readers.
 */
function findForbidden(text: string, { others }: Markup): string | null {
  if (others === 0) return null
  const rest = withoutDeclaration(text)
  if (!rest.includes('<!') && !rest.includes('<?')) return null
  if (rest.includes('<!DOCTYPE') || rest.includes('<!ENTITY')) return 'a document type (DOCTYPE)'
  if (rest.includes('<!--')) return 'a comment'
  if (rest.includes('<![CDATA[')) return 'a CDATA section'
  if (rest.includes('<!')) return 'a declaration'
  return 'a processing instruction, or an XML declaration that is not for XML 1.0 in UTF-8'
}

/** Counted in the text, before anything is built from it; namespace declarations count as attributes. */
function findTooMany(text: string, { all, ends }: Markup): string | null {
  const { elements, elementsExceptValues, attributes } = limits
  const found = all - ends
  if (found > elements) return `${elements} elements`
  // The finer counts cost more, and are made where they can matter.
  if (found > elementsExceptValues) {
    const values = text.match(/<(?:[^\s<>/:]+:)?AttributeValue\b/g)?.length ?? 0
    if (found - values > elementsExceptValues) return `${elementsExceptValues} elements that are not attribute values`
  }
  const mayBeTooMany = text.length > 2 * attributes && count(text, '=') > attributes
  return mayBeTooMany && (text.match(/=\s*["']/g)?.length ?? 0) > attributes ? `${attributes} attributes` : null
}

/** Why the text, which arrived or was decrypted, is not even parsed; null when it may be. */
export function findUnacceptable(text: string): string | null {
  const markup = countMarkup(text)
  const forbidden = findForbidden(text, markup)
  if (forbidden !== null) return `The response contains ${forbidden}.`
  const tooMany = findTooMany(text, markup)
  return tooMany === null ? null : `More than ${tooMany}.`
}

/**
 * Base64 of the HTTP-POST binding (Bindings 3.5.4) to text, within limits that no honest response comes near.
 * @param samlResponse the form field as it arrived.
 */
export function decodeResponse(samlResponse: string): Decoded {
  const decoded = decodeBase64(samlResponse)
  return 'reason' in decoded ? decoded : guardBytes(decoded.bytes)
}

/** The strict Base64 of a form field. */
export function decodeBase64(samlResponse: string): { bytes: Buffer } | Problem {
  if (samlResponse.length > longestResponse) return refused('RESPONSE_TOO_LARGE', `${samlResponse.length} characters`)
  const isFolded = samlResponse.includes('\n') || samlResponse.includes('\r')
  const base64 = isFolded ? samlResponse.replace(/[\r\n]/g, '') : samlResponse
  const bytes = Buffer.from(base64, 'base64')
  // Buffer skips what is no Base64. Written again, only what was Base64 is what it was.
  if (bytes.length === 0 || bytes.toString('base64') !== base64) {
    return refused('RESPONSE_MALFORMED', 'The form field is not Base64.')
  }
  return { bytes }
}

/** UTF-8 text of one XML document, without anything that different readers may read differently. */
export function guardBytes(bytes: Buffer): Decoded {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return refused('RESPONSE_MALFORMED', 'The response is not UTF-8 text.')
  }
  if (!/^[\t\r\n ]*</.test(text)) return refused('RESPONSE_MALFORMED', 'The response is not an XML document.')
  const unacceptable = findUnacceptable(text)
  return unacceptable === null ? { text } : refused('RESPONSE_NOT_ALLOWED', unacceptable)
}
