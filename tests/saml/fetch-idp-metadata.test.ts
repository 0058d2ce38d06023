import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, LookupFunction, Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FetchOptions, fetchIdpMetadata, MetadataFetchError } from '../../server/src/sso/fetch-idp-metadata.ts'
import { createTls } from '../testkit/tls.ts'

const document = '<EntityDescriptor>Grüße</EntityDescriptor>'
/** A server of the AS112 project: a public address at which nobody listens. */
const silentPublicAddress = '192.31.196.1'

let tls: Awaited<ReturnType<typeof createTls>>
let server: Server
let port: number
let connections: number
let answer: RequestListener
let asked: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[]
beforeAll(async () => {
  tls = await createTls(['idp.test', 'sub.idp.test'])
  server = createTlsServer({ key: tls.key, cert: tls.cert }, (request, response) => {
    asked.push({ url: request.url, headers: request.headers })
    answer(request, response)
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  reset()
})
afterEach(() => reset())
afterAll(() => new Promise((resolve) => server.close(resolve)))

function reset(): void {
  connections = 0
  asked = []
  answer = (_request, response) => response.end(document)
}

/** Names as the test wants them: each look-up takes the next of the answers, and the last one again and again. */
function namesThatMean(...answers: string[][]): { lookup: LookupFunction; asked: string[] } {
  const names: string[] = []
  const lookup: LookupFunction = (hostname, _options, callback) => {
    const addresses = answers[Math.min(names.length, answers.length - 1)] ?? []
    names.push(hostname)
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return { lookup, asked: names }
}

const here = (): FetchOptions => ({ allowPrivate: true, lookup: namesThatMean(['127.0.0.1']).lookup, ca: tls.ca })
const at = (path = '/metadata', host = 'idp.test') => `https://${host}:${port}${path}`

/** Why it was not fetched. */
async function refusalOf(url: string, options: FetchOptions): Promise<string> {
  const error: unknown = await fetchIdpMetadata(url, options).then(
    (text) => `fetched ${text.length} characters`,
    (reason: unknown) => reason,
  )
  if (!(error instanceof MetadataFetchError)) throw new Error(`not refused: ${String(error)}`)
  return error.message
}

describe('metadata by URL', () => {
  test('is fetched over https, without cookies, credentials or compression', async () => {
    expect(await fetchIdpMetadata(at('/metadata?appid=1'), here())).toBe(document)
    expect(asked.map(({ url }) => url)).toEqual(['/metadata?appid=1'])
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host'])
    expect(asked[0]?.headers).toMatchObject({ 'accept-encoding': 'identity', host: `idp.test:${port}` })
  })

  test('comes from a server whose certificate is trusted and names it', async () => {
    expect(await refusalOf(at('/', 'other.test'), here())).toContain('not secure')
    expect(await refusalOf(at('/'), { allowPrivate: true, lookup: namesThatMean(['127.0.0.1']).lookup })).toContain(
      'its TLS certificate is not trusted here',
    )
    expect(asked).toEqual([])
  })

  test.each([
    ['metadata.xml', 'whole address'],
    ['http://idp.test/metadata', 'must start with https://'],
    ['ftp://idp.test/metadata', 'must start with https://'],
    ['file:///etc/passwd', 'must start with https://'],
    ['data:text/xml,<a/>', 'must start with https://'],
    ['https://ada@idp.test/', 'must not contain a user name'],
    ['https://ada:secret@idp.test/', 'must not contain a user name'],
  ])('is not fetched from %s', async (url, reason) => {
    const names = namesThatMean(['127.0.0.1'])
    expect(await refusalOf(url, { allowPrivate: true, lookup: names.lookup })).toContain(reason)
    expect(names.asked).toEqual([])
  })

  test('may come by plain http from this machine, where private addresses are allowed', async () => {
    const plain = createServer((_request, response) => response.end(document))
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/`
    try {
      expect(await fetchIdpMetadata(url, { allowPrivate: true })).toBe(document)
      expect(await refusalOf(url, { allowPrivate: false })).toContain('must start with https://')
    } finally {
      await new Promise((resolve) => plain.close(resolve))
    }
  })
})

describe('an address that is not public', () => {
  test.each(['127.0.0.1', '10.1.2.3', '192.168.0.1', '100.64.0.1', '::1', 'fd00::1', '::ffff:127.0.0.1'])(
    'is not connected to when a name means %s',
    async (address) => {
      const options = { allowPrivate: false, lookup: namesThatMean([address]).lookup, ca: tls.ca }
      expect(await refusalOf(at(), options)).toContain('idp.test:' + port + ' is not on the public internet')
      expect(connections).toBe(0)
    },
  )

  test.each([
    '127.0.0.1',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '10.0.0.1',
  ])('is not connected to when it stands in the URL as %s', async (host) => {
    expect(await refusalOf(at('/', host), { allowPrivate: false, ca: tls.ca })).toContain('not on the public internet')
    expect(connections).toBe(0)
  })

  test.each(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254', 'fe80::1', '0.0.0.0', '::'])(
    'is never connected to when it is %s, even where private ones are allowed',
    async (address) => {
      const byName = { allowPrivate: true, lookup: namesThatMean([address]).lookup, ca: tls.ca }
      expect(await refusalOf(at(), byName)).toContain('not on the public internet')
      const literal = address.includes(':') ? `[${address}]` : address
      expect(await refusalOf(at('/', literal), { allowPrivate: true })).toContain('not on the public internet')
      expect(connections).toBe(0)
    },
  )

  test('refuses the name although another of its addresses is public', async () => {
    for (const both of [
      ['127.0.0.1', silentPublicAddress],
      [silentPublicAddress, '127.0.0.1'],
    ]) {
      const options = { allowPrivate: false, lookup: namesThatMean(both).lookup, ca: tls.ca }
      expect(await refusalOf(at(), options)).toContain('not on the public internet')
    }
    expect(connections).toBe(0)
  })

  test('is not reached by a name that is public when it is checked and private when it is connected to', async () => {
    const names = namesThatMean([silentPublicAddress], ['127.0.0.1'])
    const options = { allowPrivate: false, lookup: names.lookup, ca: tls.ca, timeoutMilliseconds: 300 }
    expect(await refusalOf(at(), options)).toMatch(/did not answer|could not be reached/)
    expect(names.asked).toEqual(['idp.test'])
    expect(connections).toBe(0)
    // The second look-up would have led here: the name means this machine by now.
    expect(await refusalOf(at(), options)).toContain('not on the public internet')
    expect(connections).toBe(0)
  })

  test('is looked up anew for each fetch: no connection is kept from an earlier one', async () => {
    await fetchIdpMetadata(at(), here())
    await fetchIdpMetadata(at(), here())
    expect(connections).toBe(2)
  })
})

describe('an answer that is not simply the metadata', () => {
  test.each([301, 302, 303, 307, 308])('%i: a redirect is not followed', async (status) => {
    answer = (_request, response) => response.writeHead(status, { location: 'https://sub.idp.test:1/' }).end()
    expect(await refusalOf(at(), here())).toContain('leads on to another address')
    expect(asked).toHaveLength(1)
  })

  test.each([204, 401, 404, 500])('status %i is refused by name', async (status) => {
    answer = (_request, response) => response.writeHead(status).end()
    expect(await refusalOf(at(), here())).toContain(`status ${status}`)
  })

  test('of 1 MiB is taken, of one byte more refused, with or without its length said before', async () => {
    const full = Buffer.alloc(1024 * 1024, 'a')
    answer = (_request, response) => response.end(full)
    expect(await fetchIdpMetadata(at(), here())).toHaveLength(full.length)
    answer = (_request, response) => response.end(Buffer.concat([full, Buffer.from('a')]))
    expect(await refusalOf(at(), here())).toContain('larger than 1 MiB')
    answer = (_request, response) => {
      response.write(full)
      response.write('a')
      response.end()
    }
    expect(await refusalOf(at(), here())).toContain('larger than 1 MiB')
  })

  test('that never ends is cut off as soon as it is too large', async () => {
    let sent = 0
    let cutOff = () => {}
    const closed = new Promise<void>((resolve) => {
      cutOff = resolve
    })
    answer = (_request, response) => {
      response.on('close', () => cutOff())
      const chunk = Buffer.alloc(64 * 1024, 'a')
      const more = (): void => {
        if (response.destroyed) return
        sent += chunk.length
        response.write(chunk, () => setImmediate(more))
      }
      more()
    }
    expect(await refusalOf(at(), here())).toContain('larger than 1 MiB')
    await closed
    // What is on its way in buffers, and no more.
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  test('that is compressed is not unpacked: a bomb stays small', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    expect(await refusalOf(at(), here())).toContain('compressed')
  })

  test('that does not come, or not to its end, is given up in time', async () => {
    const options = { ...here(), timeoutMilliseconds: 200 }
    answer = () => {}
    expect(await refusalOf(at(), options)).toContain('did not answer in full within 5 seconds')
    answer = (_request, response) => void response.writeHead(200).write('<Entity')
    expect(await refusalOf(at(), options)).toContain('did not answer in full within 5 seconds')
    answer = (_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    }
    expect(await refusalOf(at(), options)).toContain('did not answer in full within 5 seconds')
  })

  test('that breaks off is refused', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('<Entity', () => response.destroy())
    }
    expect(await refusalOf(at(), here())).toContain('could not be reached')
  })
})
