import { createServer } from 'node:http'
import { freePort } from './app.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { logoutRequestXml, logoutResponseXml, postField, readRedirected, redirectQuery } from './logout-messages.ts'

export type LogoutSite = {
  /** Where LogoutRequests go. Its host is 127.0.0.1, another site than localhost. */
  sloUrl: string
  /** The page with the button that signs `subject` out of the service at `serviceSloUrl`. */
  portalUrl(subject: string, serviceSloUrl: string): string
  /** How requests are answered: with Success unless told otherwise. */
  statuses: string[]
  close(): Promise<void>
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}`

/** The logout pages of an identity provider: answers by HTTP-Redirect, and asks by HTTP-POST. */
export async function startLogoutSite(idp: IdentityProvider, serviceSloUrl: () => string): Promise<LogoutSite> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const site: LogoutSite = {
    sloUrl: `${origin}/slo`,
    portalUrl: (subject, to) => `${origin}/portal?subject=${encodeURIComponent(subject)}&to=${encodeURIComponent(to)}`,
    statuses: ['Success'],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin)
    const now = new Date()
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (url.pathname === '/portal') {
      const destination = url.searchParams.get('to') ?? ''
      const xml = logoutRequestXml(idp, { now, destination, subject: url.searchParams.get('subject') ?? '' })
      const form = `<form method="post" action="${destination}"><input type="hidden" name="SAMLRequest" value="${postField(idp, xml)}"><button>Log out everywhere</button></form>`
      return response.end(page('My applications', form))
    }
    if (url.searchParams.has('SAMLRequest')) {
      const { xml } = readRedirected(url.href)
      const inResponseTo = /\bID="([^"]+)"/.exec(xml)?.[1] ?? ''
      const answer = logoutResponseXml(idp, {
        now,
        destination: serviceSloUrl(),
        inResponseTo,
        statuses: site.statuses,
      })
      const location = `${serviceSloUrl()}?${redirectQuery(idp, 'SAMLResponse', answer)}`
      return response.writeHead(302, { location }).end()
    }
    const done = url.searchParams.has('SAMLResponse') && readRedirected(url.href).xml.includes('status:Success')
    return response.end(page(done ? 'Logged out everywhere' : 'Something went wrong', ''))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return site
}
