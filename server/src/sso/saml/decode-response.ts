import type { SignInFailureReason } from './saml-failure.ts'

export const longestResponse = 256 * 1024

const limits = { elements: 4000, namespaces: 64, attributesPerTag: 64 }

type Decoded = { text: string } | { reason: SignInFailureReason; detail: string }

const refused = (reason: SignInFailureReason, detail: string): Decoded => ({ reason, detail })

const declaration =
  /^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"utf-8"|'utf-8'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/i

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** How often it occurs. */
function count(text: string, wanted: string): number {
  let found = 0
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) found++
  return found
}

/**
 * What may not be in the text at all. In well-formed XML every document type, entity, comment, CDATA section and
 * processing instruction begins with one of two pairs of characters, so two searches find them all. They are the means
 * by which one text is made to say different things to different readers.
 */
function findForbidden(text: string): string | null {
  const rest = text.startsWith('<?xml') ? text.replace(declaration, '') : text
  if (!rest.includes('<!') && !rest.includes('<?')) return null
  if (rest.includes('<!DOCTYPE') || rest.includes('<!ENTITY')) return 'a document type (DOCTYPE)'
  if (rest.includes('<!--')) return 'a comment'
  if (rest.includes('<![CDATA[')) return 'a CDATA section'
  if (rest.includes('<!')) return 'a declaration'
  return 'a processing instruction, or an XML declaration that is not for XML 1.0 in UTF-8'
}

/**
 * Base64 of the HTTP-POST binding (Bindings 3.5.4) to text, within limits that no honest response comes near.
 * @param samlResponse the form field as it arrived.
 */
export function decodeResponse(samlResponse: string): Decoded {
  if (samlResponse.length > longestResponse) return refused('RESPONSE_TOO_LARGE', `${samlResponse.length} characters`)
  const isFolded = samlResponse.includes('\n') || samlResponse.includes('\r')
  const base64 = isFolded ? samlResponse.replace(/[\r\n]/g, '') : samlResponse
  const bytes = Buffer.from(base64, 'base64')
  // Buffer skips what is no Base64. Written again, only what was Base64 is what it was.
  if (bytes.length === 0 || bytes.toString('base64') !== base64) {
    return refused('RESPONSE_MALFORMED', 'The form field is not Base64.')
  }
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return refused('RESPONSE_MALFORMED', 'The response is not UTF-8 text.')
  }
  if (!text.startsWith('<')) return refused('RESPONSE_MALFORMED', 'The response is not an XML document.')
  const forbidden = findForbidden(text)
  if (forbidden !== null) return refused('RESPONSE_NOT_ALLOWED', `The response contains ${forbidden}.`)
  if (count(text, '<') - count(text, '</') > limits.elements)
    return refused('RESPONSE_NOT_ALLOWED', `More than ${limits.elements} elements.`)
  if (count(text, 'xmlns') > limits.namespaces) {
    return refused('RESPONSE_NOT_ALLOWED', `More than ${limits.namespaces} namespace declarations.`)
  }
  return { text }
}
