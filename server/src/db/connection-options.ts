import postgres from 'postgres'

type Options = NonNullable<Parameters<typeof postgres>[1]>

/**
 * Opens a postgres.js client. Unlike libpq, postgres.js does not understand the URL of a Unix socket,
 * `postgres://user@/name?host=/folder`; so the folder is taken out of it here.
 */
export function openPostgres(databaseUrl: string, options: Options = {}): postgres.Sql {
  if (!/[?&]host=/.test(databaseUrl)) return postgres(databaseUrl, options)
  // Without a host it would be no valid URL.
  const url = new URL(databaseUrl.replace(/^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)\//, '$1localhost/'))
  const folder = url.searchParams.get('host')
  if (!folder?.startsWith('/')) return postgres(databaseUrl, options)
  const port = url.searchParams.get('port') ?? '5432'
  // What stays in the query is sent to the server as a setting.
  url.searchParams.delete('host')
  url.searchParams.delete('port')
  return postgres(url.href, { ...options, path: `${folder}/.s.PGSQL.${port}` })
}
