/** The path when it leads to a page of this site, else null: nobody is sent elsewhere by a link to the sign-in page. */
export function localPath(value: unknown): string | null {
  if (typeof value !== 'string' || !value.startsWith('/') || /[\\\p{Cc}]/u.test(value)) return null
  const url = new URL(value, location.origin)
  if (url.origin !== location.origin || value.startsWith('//')) return null
  return `${url.pathname}${url.search}${url.hash}`
}
