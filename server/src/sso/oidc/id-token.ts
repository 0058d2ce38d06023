/** What an ID token says, as it came: whether it may be believed is for others to find out. */
export type DecodedIdToken = { header: Record<string, unknown>; claims: Record<string, unknown> }

function decodePart(part: string | undefined): Record<string, unknown> | null {
  if (part === undefined || !/^[A-Za-z0-9_-]+$/.test(part)) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

/** Reads the parts of a JWT in its compact form (RFC 7515 3.1), and believes none of them. Null when it is none. */
export function decodeIdToken(token: string): DecodedIdToken | null {
  const parts = token.split('.')
  if (parts.length !== 3) return null
  const header = decodePart(parts[0])
  const claims = decodePart(parts[1])
  return header === null || claims === null ? null : { header, claims }
}

/** The ID token in the token endpoint's answer, or null. */
export function idTokenIn(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body)
    const token = typeof answer === 'object' && answer !== null && 'id_token' in answer ? answer.id_token : null
    return typeof token === 'string' ? token : null
  } catch {
    return null
  }
}
