/** A browser as far as sign-in needs one: follows nothing by itself, keeps our cookies, sends them as Lax allows. */
export class BrowserSession {
  readonly #cookies = new Map<string, string>()

  constructor(readonly origin: string) {}

  /** A top-level GET within the site or by redirect: Lax cookies go with it. */
  async get(path: string): Promise<Response> {
    const response = await fetch(new URL(path, this.origin), {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.cookieHeader() },
    })
    this.#keep(response)
    return response
  }

  /** A form of our own page. Our pages send no referrer, so the Origin is null. */
  async postForm(path: string, fields: [string, string][]): Promise<Response> {
    const response = await fetch(new URL(path, this.origin), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: this.cookieHeader(),
        origin: 'null',
        'sec-fetch-site': 'same-origin',
      },
      body: new URLSearchParams(fields).toString(),
    })
    this.#keep(response)
    return response
  }

  /** A form posted by another site's page: no cookie of ours goes with it. */
  async postFromOtherSite(path: string, fields: [string, string][]): Promise<Response> {
    const response = await fetch(new URL(path, this.origin), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://idp.example',
        'sec-fetch-site': 'cross-site',
      },
      body: new URLSearchParams(fields).toString(),
    })
    this.#keep(response)
    return response
  }

  cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  has(name: string): boolean {
    return this.#cookies.has(name)
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
      if (value === '' || /max-age=0/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

/** The AuthnRequest's ID out of a redirect to the identity provider. */
export async function readAuthnRequest(location: string): Promise<{ id: string; xml: string; url: URL }> {
  const { inflateRawSync } = await import('node:zlib')
  const url = new URL(location)
  const xml = inflateRawSync(Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64')).toString('utf8')
  const id = /\bID="([^"]+)"/.exec(xml)?.[1]
  if (id === undefined) throw new Error(`no AuthnRequest ID in ${xml}`)
  return { id, xml, url }
}
