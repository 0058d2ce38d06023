import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type MetadataSite = {
  url: string
  /** What it answers from now on: the document, at once or when it is ready, or a status. */
  publish(what: string | number | (() => Promise<string>)): void
  /** How often it was asked since this was last read. */
  takeVisits(): number
  close(): Promise<void>
}

/** Where an identity provider publishes its metadata, on this machine. */
export async function startMetadataSite(): Promise<MetadataSite> {
  let published: string | number | (() => Promise<string>) = 404
  let visits = 0
  const server = createServer((_request, response) => {
    visits += 1
    if (typeof published === 'number') return void response.writeHead(published).end()
    response.writeHead(200, { 'content-type': 'application/samlmetadata+xml' })
    if (typeof published === 'string') return void response.end(published)
    void published().then((document) => response.end(document))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metadata`,
    publish(what) {
      published = what
    },
    takeVisits() {
      const taken = visits
      visits = 0
      return taken
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
