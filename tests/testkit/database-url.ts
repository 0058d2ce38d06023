/** The same PostgreSQL, another database. Works on the URL of a Unix socket too, which `URL` does not take. */
export function withDatabase(url: string, database: string): string {
  const replaced = url.replace(/^(postgres(?:ql)?:\/\/[^/?#]*)(?:\/[^?#]*)?/, `$1/${database}`)
  if (!replaced.includes(`/${database}`)) throw new Error('That is not the URL of a PostgreSQL database.')
  return replaced
}
