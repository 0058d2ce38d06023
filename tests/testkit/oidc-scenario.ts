import type { TestApp } from './app.ts'
import { BrowserSession } from './browser-session.ts'
import { GraphqlClient } from './graphql-client.ts'
import type { OidcPerson, OpenIdProvider } from './openid-provider.ts'
import { type Step, stepOf } from './scenario.ts'

export type OidcConnection = {
  id: string
  name: string
  issuer: string
  clientId: string
  loginUrl: string
  redirectUrl: string
  revision: number
  verifiedAt: string | null
  oktaDomain?: string
}

const fields = 'id name issuer clientId loginUrl redirectUrl revision verifiedAt'

/** A connection with Okta Workforce whose application over there sends people back here. */
export async function connectOkta(
  owner: GraphqlClient,
  organizationId: string,
  idp: OpenIdProvider,
  settings: Record<string, unknown> = {},
): Promise<OidcConnection> {
  const { clientId, clientSecret, issuer } = idp
  const input = { organizationId, oktaDomain: issuer, clientId, clientSecret, ...settings }
  const { createOktaConnection } = await owner.run<{ createOktaConnection: { connection: OidcConnection } }>(
    `mutation($input: CreateOktaConnectionInput!) { createOktaConnection(input: $input) { connection { ${fields} oktaDomain } } }`,
    { input },
  )
  idp.register(createOktaConnection.connection)
  return createOktaConnection.connection
}

/** The same with any issuer. */
export async function connectOidc(
  owner: GraphqlClient,
  organizationId: string,
  idp: OpenIdProvider,
  settings: Record<string, unknown> = {},
): Promise<OidcConnection> {
  const { clientId, clientSecret, issuer } = idp
  const input = { organizationId, issuer, clientId, clientSecret, ...settings }
  const { createOidcConnection } = await owner.run<{ createOidcConnection: { connection: OidcConnection } }>(
    `mutation($input: CreateOidcConnectionInput!) { createOidcConnection(input: $input) { connection { ${fields} } } }`,
    { input },
  )
  idp.register(createOidcConnection.connection)
  return createOidcConnection.connection
}

const localPath = (url: string): string => new URL(url).pathname + new URL(url).search

/** Starts at the SSO login URL: where the browser is sent. */
export async function startOidc(browser: BrowserSession, loginUrl: string): Promise<URL> {
  const step = await stepOf(await browser.get(localPath(loginUrl)))
  if (!('location' in step)) throw new Error(`the sign-in did not start: ${step.status} ${step.refused}`)
  return new URL(step.location)
}

/** The person signs in over there, in a browser that nobody is signed in with: the address it is sent back to. */
export async function answerOf(idp: OpenIdProvider, authorize: URL, person: OidcPerson): Promise<URL> {
  idp.person = person
  const there = new BrowserSession(idp.issuer)
  let next = authorize
  for (let steps = 0; steps < 6; steps++) {
    const response = await there.get(localPath(next.href))
    const location = response.headers.get('location')
    if (location === null) throw new Error(`the identity provider stopped: ${response.status} ${await response.text()}`)
    next = new URL(location, idp.issuer)
    if (next.origin !== idp.issuer) return next
  }
  throw new Error('the identity provider leads in a circle')
}

export const comeBack = async (browser: BrowserSession, callback: URL): Promise<Step> =>
  stepOf(await browser.get(localPath(callback.href)))

/** A whole sign-in. The last step: where the person lands, or why they do not. */
export async function signInByOidc(
  app: TestApp,
  idp: OpenIdProvider,
  connection: { loginUrl: string },
  person: OidcPerson,
  browser = new BrowserSession(app.origin),
): Promise<{ step: Step; browser: BrowserSession; client: GraphqlClient }> {
  const authorize = await startOidc(browser, connection.loginUrl)
  const step = await comeBack(browser, await answerOf(idp, authorize, person))
  return { step, browser, client: new GraphqlClient(app.origin).withCookies(browser.cookieHeader()) }
}
