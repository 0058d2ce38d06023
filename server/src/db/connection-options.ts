/**
 * Options postgres.js needs beside the URL. It does not read a Unix socket's folder from the `host` parameter of the
 * URL, as libpq does; so `postgres://user@/name?host=/folder` is taken apart here.
 */
export function postgresOptions(databaseUrl: string): { path?: string } {
  const url = new URL(databaseUrl.replace(/^postgres(ql)?:/, 'http:').replace('@/', '@localhost/'))
  const folder = url.searchParams.get('host')
  if (!folder?.startsWith('/')) return {}
  return { path: `${folder}/.s.PGSQL.${url.searchParams.get('port') ?? '5432'}` }
}
