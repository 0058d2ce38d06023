import { createSocket } from 'node:dgram'
import { type AddressInfo, createServer } from 'node:net'
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, streamEncode, TRUNCATED_RESPONSE } from 'dns-packet'

/** What is said about a name. Text in pieces is one record of several strings. */
type Said =
  | { txt: (string | string[])[]; truncated?: boolean }
  | { alias: string; txt: string[] }
  | 'NO_TXT'
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'SILENCE'

export type DnsServer = {
  /** For DNS_SERVERS. */
  address: string
  /** From now on, about this name; a name that was never said is NXDOMAIN. */
  say(name: string, what: Said): void
  /** How often it was asked about the name. */
  questionsAbout(name: string): number
  close(): Promise<void>
}

const codes = { NXDOMAIN: 3, SERVFAIL: 2 } as const

function answersOf(name: string, said: Exclude<Said, string>): Answer[] {
  const owner = 'alias' in said ? said.alias : name
  const records = said.txt.map((data): Answer => ({ type: 'TXT', name: owner, ttl: 0, data }))
  return 'alias' in said ? [{ type: 'CNAME', name, ttl: 0, data: said.alias }, ...records] : records
}

/** A real DNS server on this machine, over UDP and TCP. */
export async function startDnsServer(): Promise<DnsServer> {
  const table = new Map<string, Said>()
  const questions: string[] = []

  const respond = (message: Buffer, overTcp: boolean): Buffer | null => {
    const query = decode(message)
    const name = query.questions?.[0]?.name.toLowerCase() ?? ''
    const said = table.get(name) ?? 'NXDOMAIN'
    questions.push(name)
    if (said === 'SILENCE') return null
    const code = said === 'NXDOMAIN' || said === 'SERVFAIL' ? codes[said] : 0
    const truncated = typeof said === 'object' && 'truncated' in said && said.truncated === true && !overTcp
    const answers = typeof said === 'string' || truncated ? [] : answersOf(name, said)
    const flags = AUTHORITATIVE_ANSWER | code | (truncated ? TRUNCATED_RESPONSE : 0)
    const packet = { type: 'response', id: query.id ?? 0, flags, questions: query.questions ?? [], answers } as const
    return overTcp ? streamEncode(packet) : encode(packet)
  }

  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      const answer = respond(chunk.subarray(2), true)
      if (answer !== null) socket.end(answer)
    })
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const { port } = tcp.address() as AddressInfo
  const udp = createSocket('udp4')
  udp.on('message', (message, from) => {
    const answer = respond(message, false)
    if (answer !== null) udp.send(answer, from.port, from.address)
  })
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${port}`,
    say(name, what) {
      table.set(name, what)
    },
    questionsAbout: (name) => questions.filter((asked) => asked === name).length,
    async close() {
      await new Promise<void>((resolve) => udp.close(() => resolve()))
      await new Promise<void>((resolve) => tcp.close(() => resolve()))
    },
  }
}
