export const longestResponse = 256 * 1024

const limits = { elements: 4000, namespaces: 64, attributesPerTag: 64 }

type Problem = { reason: 'RESPONSE_TOO_LARGE' | 'RESPONSE_MALFORMED' | 'RESPONSE_NOT_ALLOWED'; detail: string }
type Decoded = { text: string } | Problem

const refused = (reason: Problem['reason'], detail: string): Problem => ({ reason, detail })

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"utf-8"|'utf-8'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/i

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/**
 * What may not be in the text at all. In well-formed XML every document type, entity, comment, CDATA section and
 * processing instruction begins with one of two pairs of characters, so two searches find them all. They are the means
 * by which one text is made to say different things to different readers.
 */
function findForbidden(text: string): string | null {
  const rest = text.replace(declaration, '')
  if (rest.includes('<!DOCTYPE') || rest.includes('<!ENTITY')) return 'a document type (DOCTYPE)'
  if (rest.includes('<!--')) return 'a comment'
  if (rest.includes('<![CDATA[')) return 'a CDATA section'
  if (rest.includes('<!')) return 'a declaration'
  if (rest.includes('<?')) return 'a processing instruction, or an XML declaration that is not for XML 1.0 in UTF-8'
  return null
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
  const base64 = samlResponse.replace(/[\r\n]/g, '')
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return refused('RESPONSE_MALFORMED', 'The form field is not Base64.')
  }
  return { bytes: Buffer.from(base64, 'base64') }
}

/** UTF-8 text of one XML document, without anything that different readers may read differently. */
export function guardBytes(bytes: Buffer): Decoded {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refused('RESPONSE_MALFORMED', 'The response is not UTF-8 text.')
  }
  if (!text.startsWith('<')) return refused('RESPONSE_MALFORMED', 'The response is not an XML document.')
  const forbidden = findForbidden(text)
  if (forbidden !== null) return refused('RESPONSE_NOT_ALLOWED', `The response contains ${forbidden}.`)
  if (count(text, /<[^/]/g) > limits.elements)
    return refused('RESPONSE_NOT_ALLOWED', `More than ${limits.elements} elements.`)
  if (count(text, /\sxmlns\b/g) > limits.namespaces) {
    return refused('RESPONSE_NOT_ALLOWED', `More than ${limits.namespaces} namespace declarations.`)
  }
  return { text }
}
