/**
 * A path of ours to lead the person to, from text that anybody could have written; `/` when it is anything else.
 * Taken: one leading slash, no backslash, nothing that a browser resolves to another origin.
 */
export function safeReturnPath(text: unknown, publicUrl: string): string {
  if (typeof text !== 'string' || text.length > 2000) return '/'
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return '/'
  const url = URL.canParse(text, publicUrl) ? new URL(text, publicUrl) : null
  if (url === null || url.origin !== publicUrl) return '/'
  // Resolving dots may uncover a second slash: `/a/..//evil.example` becomes `//evil.example`.
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}${url.hash}`
}
