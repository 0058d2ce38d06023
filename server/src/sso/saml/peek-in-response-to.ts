/** The first start tag of the document, which is all that is looked at. */
const startTag = /<[A-Za-z_][^>]*>/

/**
 * Which request a response says it answers, before anything of it is verified; null when it says nothing that can be
 * read. To be used for nothing but finding out what to show: it decides about no sign-in.
 */
export function peekInResponseTo(samlResponse: string): string | null {
  // The first 6 KiB of text: an envelope's start tag is a tenth of it.
  const head = Buffer.from(samlResponse.slice(0, 8192), 'base64').toString('utf8')
  const tag = startTag.exec(head.replace(/^\s*<\?xml[^>]*\?>/, ''))?.[0] ?? ''
  return /\sInResponseTo\s*=\s*["']([\w.-]{1,128})["']/.exec(tag)?.[1] ?? null
}
