/** Repeatable random numbers (mulberry32): the same seed makes the same documents. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const uris = ['urn:a', 'urn:b', 'urn:c', 'http://example.com/%C3%A9', 'urn:a-b_c.d']
const prefixes = ['', 'a', 'b', 'c', 'ns-1.x_', 'é']
const names = ['x', 'y', 'Long-name_1.2', 'ü', 'ID', 'xmlnsx']
/** Characters as they may be written in a document. What each of them is, the parser says. */
const characters = ['t', 'é', '😀', ' ', '\n', '\r\n', '\t', '&amp;', '&lt;', '&gt;', '>', '&apos;', '&#13;', '&#x9;']
const moreCharacters = ['&#xA;', '&quot;', '&#128512;', '&amp;amp;', '&amp;#xD;', '=', '/', '{', '}', ';']
const content = [...characters, ...moreCharacters, '"', "'", '<![CDATA[<&>]]>', '<!-- <x> -->']

/** A well-formed document with namespaces declared, hidden and used in all the ways that canonical form is about. */
export class RandomDocument {
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }

  often(part: number): boolean {
    return this.#random() < part
  }

  #text(from: readonly string[]): string {
    return this.often(0.4)
      ? ''
      : Array.from({ length: 1 + Math.floor(this.#random() * 4) }, () => this.pick(from)).join('')
  }

  #value(): string {
    const quote = this.pick(['"', "'"])
    return quote + this.#text([...characters, ...moreCharacters, quote === '"' ? "'" : '"']) + quote
  }

  #space(): string {
    return this.pick([' ', ' ', '\n', '  '])
  }

  element(depth = 1, outer: ReadonlyMap<string, string> = new Map()): string {
    const scope = new Map(outer)
    const inTag: string[] = []
    for (const prefix of prefixes) {
      if (!this.often(depth === 1 ? 0.5 : 0.15)) continue
      const uri = this.pick(uris)
      scope.set(prefix, uri)
      inTag.push(`${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${uri}"`)
    }
    const prefix = this.pick([...scope.keys(), ''])
    const name = (prefix === '' ? '' : `${prefix}:`) + this.pick(names)
    const used = new Set<string>()
    for (const [attributePrefix, uri] of [...scope, ['xml', 'xml'] as const]) {
      const local = attributePrefix === 'xml' ? 'lang' : this.pick(names)
      const expanded = attributePrefix === '' ? local : `{${uri}}${local}`
      if (!this.often(0.2) || used.has(expanded)) continue
      used.add(expanded)
      inTag.push(
        `${attributePrefix === '' ? '' : `${attributePrefix}:`}${local}${this.pick(['=', ' = '])}${this.#value()}`,
      )
    }
    // In any order: canonical form has its own.
    inTag.sort(() => this.#random() - 0.5)
    const tag = name + inTag.map((part) => this.#space() + part).join('')
    const count = depth > 6 ? 0 : Math.floor(this.#random() * 2.5)
    if (count === 0 && this.often(0.3)) return `<${tag}${this.pick(['', ' '])}/>`
    const children = Array.from({ length: count }, () => this.element(depth + 1, scope) + this.#text(content))
    return `<${tag}>${this.#text(content)}${children.join('')}</${name}${this.pick(['', ' '])}>`
  }

  /** A PrefixList: of prefixes that are there and of some that are not. */
  prefixList(): string[] {
    return this.often(0.5) ? [] : [...prefixes.filter((prefix) => prefix !== '' && this.often(0.4)), 'absent']
  }
}
