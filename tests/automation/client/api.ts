import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

type GraphqlError = {
  message: string
  extensions?: { code?: string; fields?: { path: string; message: string }[]; requestId?: string }
}

/** The server refused, or cannot be reached; the message says so in words. */
export class ApiProblem extends Error {}

const attempts = 4

/** The GraphQL API with an access token. */
export class Api {
  readonly #url: string
  readonly #token: string

  /** @param origin such as https://sso.example.com */
  constructor(origin: string, token: string) {
    this.#url = new URL('/graphql', origin).href
    this.#token = token
  }

  /** @throws ApiProblem */
  query<Data>(document: string, variables: object = {}): Promise<Data> {
    return this.#send(document, variables, {})
  }

  /** Sends the same again when no answer came: with its key the server does it once. @throws ApiProblem */
  change<Data>(document: string, variables: object): Promise<Data> {
    return this.#send(document, variables, { 'idempotency-key': randomUUID() })
  }

  async #send<Data>(query: string, variables: object, headers: Record<string, string>): Promise<Data> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#post(query, variables, headers)
      const last = attempt === attempts
      if (response !== null && (last || !(await this.#shouldWait(response)))) return read<Data>(response)
      if (last) throw new ApiProblem(`${this.#url} cannot be reached. Is GATEHOUSE_URL right, and the server running?`)
      if (response === null) await sleep(250 * 2 ** attempt)
    }
  }

  async #post(query: string, variables: object, headers: Record<string, string>): Promise<Response | null> {
    try {
      return await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}`, ...headers },
        body: JSON.stringify({ query, variables }),
      })
    } catch {
      return null
    }
  }

  /** True after the time that the server asked for, when it is worth asking again. */
  async #shouldWait(response: Response): Promise<boolean> {
    if (response.status !== 429 && response.status !== 409 && response.status !== 503) return false
    const seconds = Number(response.headers.get('retry-after') ?? 1)
    await response.body?.cancel()
    await sleep(Math.min(seconds, 60) * 1000)
    return true
  }
}

async function read<Data>(response: Response): Promise<Data> {
  const body = (await response.json().catch(() => null)) as { data?: Data | null; errors?: GraphqlError[] } | null
  if (body === null) throw new ApiProblem(`The server answered with status ${response.status} and no explanation.`)
  const [error] = body.errors ?? []
  if (error !== undefined) throw new ApiProblem(explain(error))
  if (body.data == null) throw new ApiProblem(`The server answered with status ${response.status} and no data.`)
  return body.data
}

function explain({ message, extensions = {} }: GraphqlError): string {
  const { code, fields, requestId } = extensions
  if (code === 'UNAUTHENTICATED') return `The access token is not accepted: ${message}`
  if (code === 'BAD_USER_INPUT' && fields !== undefined) {
    return fields.map(({ path, message: what }) => `${path}: ${what}`).join('\n')
  }
  return code === 'INTERNAL_SERVER_ERROR' ? `${message} (${requestId})` : message
}
