import { decodeResponse } from './decode-response.ts'
import { holdsCiphertext } from './encryption-method.ts'
import { withXml } from './xml.ts'
import { XmlProblem } from './xml-element.ts'

/**
 * What must be known before anything is decrypted: whether something is encrypted, and which request it claims to answer.
 * @returns null when nothing is encrypted, or nothing can be read: verifyResponse() says why.
 */
export function peekAtCiphertext(samlResponse: string): { inResponseTo: string | null } | null {
  const decoded = decodeResponse(samlResponse)
  // No prefix and no entity changes the local name of an element, so that most responses need not be parsed for this.
  if ('reason' in decoded || !decoded.text.includes('EncryptedData')) return null
  try {
    return withXml(decoded.text, ({ root }) =>
      holdsCiphertext(root) ? { inResponseTo: root.attributes.get('InResponseTo') ?? null } : null,
    )
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return null
  }
}
