/** What came back for one operation. */
export type GraphqlAnswer<Data> = {
  status: number
  data: Data | null
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> & { code: string } }[]
}

/** Somebody who calls the API: with a session cookie as a browser does, with an access token, or as nobody. */
export class GraphqlClient {
  readonly #cookies = new Map<string, string>()

  constructor(
    readonly origin: string,
    readonly token: string | null = null,
  ) {}

  /** Takes over the cookies of a browser, as `name=value; name=value`. */
  withCookies(header: string): this {
    for (const pair of header.split('; ').filter((part) => part !== '')) {
      const at = pair.indexOf('=')
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return this
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Sends one operation, and keeps the cookies that come back. */
  async send<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<GraphqlAnswer<Data>> {
    const authentication: Record<string, string> =
      this.token === null
        ? { cookie: this.cookieHeader, origin: this.origin }
        : { authorization: `Bearer ${this.token}` }
    const response = await fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authentication, ...headers },
      body: JSON.stringify({ query, variables }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const body = (await response.json()) as { data?: Data | null; errors?: GraphqlAnswer<Data>['errors'] }
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] }
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }

  /** The data of an operation that must succeed. */
  async run<Data = Record<string, never>>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables)
    if (errors.length > 0 || data === null) throw new Error(`the operation failed: ${JSON.stringify(errors)}`)
    return data
  }

  /** The code of the first error: NOT_FOUND, CONFLICT LAST_OWNER and so on; OK when there was none. */
  async codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const [error] = (await this.send(query, variables)).errors
    if (error === undefined) return 'OK'
    const { code, reason } = error.extensions
    return typeof reason === 'string' ? `${code} ${reason}` : code
  }

  /** The `path reason` of each field that was refused; empty when none was. */
  async refusedFields(query: string, variables: Record<string, unknown> = {}): Promise<string[]> {
    const [error] = (await this.send(query, variables)).errors
    const fields = (error?.extensions['fields'] ?? []) as { path: string; reason: string }[]
    return fields.map(({ path, reason }) => `${path} ${reason}`)
  }
}
