import { createServer, type IncomingMessage } from 'node:http'
import { inflateRawSync } from 'node:zlib'
import { freePort } from './app.ts'

/** What the AuthnRequest asks for. */
export type LoginRequest = { id: string; issuer: string; acsUrl: string }

export type IdentityProviderSite = {
  /** Where AuthnRequests go. Its host is 127.0.0.1, another site than localhost. */
  ssoUrl: string
  /** The tile of a portal: starts a sign-in that nobody asked for. */
  tileUrl(user: string): string
  close(): Promise<void>
}

function readLoginRequest(samlRequest: string): LoginRequest {
  const xml = inflateRawSync(Buffer.from(samlRequest, 'base64')).toString('utf8')
  const read = (pattern: RegExp): string => pattern.exec(xml)?.[1] ?? ''
  return {
    id: read(/\bID="([^"]+)"/),
    issuer: read(/<saml:Issuer>([^<]+)</),
    acsUrl: read(/AssertionConsumerServiceURL="([^"]+)"/),
  }
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}

const quoted = (text: string): string => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')

const loginPage = (samlRequest: string): string => `<!doctype html><html lang="en"><title>Sign in</title>
<form method="post" action="/sso"><input type="hidden" name="SAMLRequest" value="${quoted(samlRequest)}">
<label>User name <input name="user" autofocus></label><button>Log in</button></form>`

/** The page that makes the browser carry the answer to us: HTTP-POST binding (Bindings 3.5). */
const answerPage = (
  acsUrl: string,
  response: string,
): string => `<!doctype html><html lang="en"><title>Signing in</title>
<body onload="document.forms[0].submit()"><form method="post" action="${quoted(acsUrl)}">
<input type="hidden" name="SAMLResponse" value="${response}"></form></body>`

/**
 * The web site of an identity provider: asks for a user name, and posts the browser on with what `answer` makes of it.
 * @param answer the response in Base64.
 * @param tile what a click on its tile posts, and where.
 */
export async function startIdentityProviderSite(
  answer: (request: LoginRequest, user: string) => string | Promise<string>,
  tile: (user: string) => { acsUrl: string; response: string } = () => {
    throw new Error('this identity provider has no tile')
  },
): Promise<IdentityProviderSite> {
  const port = await freePort()
  const server = createServer((request, response) => {
    const respond = async (): Promise<string> => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
      if (pathname === '/tile') {
        const { acsUrl, response: posted } = tile(searchParams.get('user') ?? '')
        return answerPage(acsUrl, posted)
      }
      if (request.method !== 'POST') {
        return loginPage(searchParams.get('SAMLRequest') ?? '')
      }
      const fields = await bodyOf(request)
      const asked = readLoginRequest(fields.get('SAMLRequest') ?? '')
      return answerPage(asked.acsUrl, await answer(asked, fields.get('user') ?? ''))
    }
    respond().then(
      (html) => response.setHeader('content-type', 'text/html; charset=utf-8').end(html),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    ssoUrl: `http://127.0.0.1:${port}/sso`,
    tileUrl: (user) => `http://127.0.0.1:${port}/tile?user=${encodeURIComponent(user)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
