import { Resolver } from 'node:dns/promises'
import { seconds } from './clock.ts'

/** ABSENT: the DNS says that there is no such record. NO_ANSWER: it said nothing that counts. */
export type TxtAnswer = { records: string[] } | { problem: 'ABSENT' | 'NO_ANSWER' }

/** The TXT records of a name, each in one piece. */
export type TxtLookup = (name: string) => Promise<TxtAnswer>

const absent = new Set(['ENOTFOUND', 'ENODATA'])

/** @param servers `address` or `address:port`; null asks those of the operating system. */
export function createTxtLookup(servers: readonly string[] | null): TxtLookup {
  return async (name) => {
    // One for each lookup: it keeps no answers, and none waits for another.
    const resolver = new Resolver({ timeout: seconds(2), tries: 2 })
    if (servers !== null) resolver.setServers(servers)
    try {
      const found = await resolver.resolveTxt(name)
      // A record of over 255 bytes comes in pieces (RFC 7208, 3.3).
      return { records: found.map((pieces) => pieces.join('')) }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      return { problem: absent.has(code) ? 'ABSENT' : 'NO_ANSWER' }
    }
  }
}
