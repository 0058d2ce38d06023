import { canonicalContent, canonicalValue, isPlain, withoutReferences } from './canonical-characters.ts'

/** Neither text nor names come near what the parser would find too long. */
const longest = { text: 512 * 1024, name: 256 }

const [tab, line, space, quote, apostrophe] = [0x09, 0x0a, 0x20, 0x22, 0x27]
const [slash, colon, less, equals, greater] = [0x2f, 0x3a, 0x3c, 0x3d, 0x3e]

/** The ASCII characters of names: 1 where one may begin, 2 where it may only go on. */
const inNames = new Uint8Array(128)
for (const character of '0123456789.-') inNames[character.charCodeAt(0)] = 2
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') inNames[character.charCodeAt(0)] = 1

/** Namespaces that no parser has anything to remark on. */
const plainNamespace =
  /^(?:urn:[A-Za-z0-9]+(?:[:._-][A-Za-z0-9]+)+|https?:\/\/[a-z0-9]+(?:[.-][a-z0-9]+)*(?:\/[A-Za-z0-9._-]+)*\/?#?)$/
const reserved = new Set(['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'])

/** Such names are for XML itself: declarations of namespaces, which we know, and others, which we do not. */
const isReserved = (name: string): boolean => /^xml/i.test(name)

type Attribute = { name: string; value: string; namespace: string }

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** Canonical XML 1.0, 2.2: declarations by prefix; attributes by namespace, of which none is the first, and local name. */
const byName = (one: Attribute, other: Attribute): number => compare(one.name, other.name)
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
const byNamespace = (one: Attribute, other: Attribute): number =>
  compare(one.namespace, other.namespace) || compare(localName(one.name), localName(other.name))

/** True when they are in order already; few have more than two. */
const isSorted = (attributes: readonly Attribute[], by: (one: Attribute, other: Attribute) => number): boolean =>
  attributes.every((attribute, index) => {
    const before = attributes[index - 1]
    return before === undefined || by(before, attribute) < 0
  })

/**
 * Writes a document in canonical form, tag by tag. It knows the plainest XML alone, and stops at everything else: comments,
 * CDATA sections, processing instructions, names beyond ASCII, `xml:lang`, carriage returns, entities of one's own. Whether the tags
 * fit together it does not ask: that comes out when what it wrote is read.
 */
class CanonicalWriter {
  readonly #text: string
  readonly #hasReferences: boolean
  readonly #hasBreaks: boolean
  /** The prefixes and namespaces that hold, the innermost last; and how many held around each open element. */
  readonly #prefixes: string[] = []
  readonly #namespaces: string[] = []
  readonly #around: number[] = []
  #output = ''
  #from = 0

  constructor(text: string) {
    this.#text = text
    this.#hasReferences = text.includes('&')
    this.#hasBreaks = text.includes('\n') || text.includes('\t')
  }

  write(): string | null {
    const text = this.#text
    let at = this.#skipSpace(0)
    if (text.charCodeAt(at) !== less) return null
    this.#from = at
    while (at !== -1) {
      at = text.charCodeAt(at + 1) === slash ? this.#endTag(at) : this.#startTag(at)
      if (this.#around.length === 0) break
      if (at !== -1) at = this.#content(at)
    }
    if (at === -1 || this.#skipSpace(at) !== text.length) return null
    return this.#output + text.slice(this.#from, at)
  }

  #skipSpace(from: number): number {
    const text = this.#text
    let at = from
    for (let code = text.charCodeAt(at); code === space || code === line || code === tab; code = text.charCodeAt(at))
      at++
    return at
  }

  /** Where the name ends that begins here; here when none does. */
  #skipName(from: number): number {
    const text = this.#text
    if (inNames[text.charCodeAt(from)] !== 1) return from
    let hasColon = false
    for (let at = from + 1; ; at++) {
      const code = text.charCodeAt(at)
      if (code < 128 && inNames[code] !== 0) continue
      if (code !== colon) return at - from > longest.name ? from : at
      if (hasColon || inNames[text.charCodeAt(at + 1)] !== 1) return from
      hasColon = true
    }
  }

  /** Goes on in the text at `next` instead of at `at`. */
  #replace(at: number, next: number, by: string): void {
    this.#output += this.#text.slice(this.#from, at) + by
    this.#from = next
  }

  /** All of these: where to go on; -1 when it is not sure. */
  #content(from: number): number {
    const text = this.#text
    const end = text.indexOf('<', from)
    if (end <= from) return end
    const hasGreater = text.indexOf('>', from) < end
    if (!hasGreater && !this.#hasReferences) return end
    const raw = text.slice(from, end)
    if (!hasGreater && !raw.includes('&')) return end
    const value = raw.includes(']]>') ? null : withoutReferences(raw)
    if (value === null) return -1
    const canonical = canonicalContent(value)
    if (canonical !== raw) this.#replace(from, end, canonical)
    return end
  }

  #endTag(at: number): number {
    const nameEnd = this.#skipName(at + 2)
    const end = this.#skipSpace(nameEnd)
    if (this.#text.charCodeAt(end) !== greater) return -1
    if (end !== nameEnd) this.#replace(nameEnd, end, '')
    this.#close()
    return end + 1
  }

  #close(): void {
    const around = this.#around.pop() ?? 0
    this.#prefixes.length = around
    this.#namespaces.length = around
  }

  #startTag(at: number): number {
    const text = this.#text
    const nameEnd = this.#skipName(at + 1)
    const name = text.slice(at + 1, nameEnd)
    if (name === '' || isReserved(name)) return -1
    this.#around.push(this.#prefixes.length)
    const limit = text.indexOf('<', nameEnd)
    const attributes: Attribute[] = []
    let asItIs = true
    let next = nameEnd
    let begin = this.#skipSpace(next)
    for (let code = text.charCodeAt(begin); code !== greater && code !== slash; code = text.charCodeAt(begin)) {
      if (begin !== next + 1 || text.charCodeAt(next) !== space) asItIs = false
      const end = this.#skipName(begin)
      const sign = this.#skipSpace(end)
      const opening = this.#skipSpace(sign + 1)
      const mark = text.charCodeAt(opening)
      if (begin === next || end === begin || text.charCodeAt(sign) !== equals) return -1
      if (mark !== quote && mark !== apostrophe) return -1
      const closing = text.indexOf(mark === quote ? '"' : "'", opening + 1)
      if (closing === -1 || closing > limit) return -1
      const raw = text.slice(opening + 1, closing)
      const value = this.#value(raw, mark)
      if (value === null) return -1
      if (sign !== end || opening !== sign + 1 || mark !== quote || value !== raw) asItIs = false
      attributes.push({ name: text.slice(begin, end), value, namespace: '' })
      next = closing + 1
      begin = this.#skipSpace(next)
    }
    const isEmpty = text.charCodeAt(begin) === slash
    const end = isEmpty ? begin + 2 : begin + 1
    if (text.charCodeAt(end - 1) !== greater) return -1
    const arranged = this.#arrange(attributes)
    if (arranged === null) return -1
    if (isEmpty || begin !== next || !asItIs || arranged !== attributes) {
      const written = arranged.map((attribute) => ` ${attribute.name}="${attribute.value}"`).join('')
      this.#replace(nameEnd, end, isEmpty ? `${written}></${name}>` : `${written}>`)
    }
    if (isEmpty) this.#close()
    return end
  }

  /** The value as canonical form writes it; null when it is not sure. White space becomes spaces (XML 1.0, 3.3.3). */
  #value(raw: string, mark: number): string | null {
    if (mark === quote && !this.#hasReferences && !this.#hasBreaks) return raw
    const normal = this.#hasBreaks ? raw.replace(/[\t\n]/g, ' ') : raw
    const value = normal.includes('&') ? withoutReferences(normal) : normal
    return value === null ? null : canonicalValue(value)
  }

  /** In canonical order, without declarations of what holds already; null when it is not sure. The same when it is so. */
  #arrange(attributes: Attribute[]): Attribute[] | null {
    if (attributes.length === 0) return attributes
    const declarations = attributes.filter(({ name }) => isReserved(name))
    const others = declarations.length === 0 ? attributes : attributes.filter(({ name }) => !isReserved(name))
    let needed = declarations
    for (const declaration of declarations) {
      const says = this.#declare(declaration)
      if (says === null) return null
      if (says === 'nothing new') needed = needed.filter((each) => each !== declaration)
    }
    for (const attribute of others) {
      const at = attribute.name.indexOf(':')
      if (at === -1) continue
      const namespace = this.#find(attribute.name.slice(0, at), this.#prefixes.length)
      if (namespace === undefined) return null
      attribute.namespace = namespace
    }
    const inPlace =
      needed.length === declarations.length && declarations.every((each, index) => attributes[index] === each)
    if (inPlace && isSorted(declarations, byName) && isSorted(others, byNamespace)) return attributes
    return [...needed.sort(byName), ...others.sort(byNamespace)]
  }

  /** Takes up a declaration. */
  #declare({ name, value }: Attribute): 'something new' | 'nothing new' | null {
    const prefix = name.slice('xmlns:'.length)
    if ((name !== 'xmlns' && !name.startsWith('xmlns:')) || isReserved(prefix)) return null
    if (!plainNamespace.test(value) || reserved.has(value)) return null
    const around = this.#around.at(-1) ?? 0
    if (this.#prefixes.indexOf(prefix, around) !== -1) return null
    const isNew = this.#find(prefix, around) !== value
    this.#prefixes.push(prefix)
    this.#namespaces.push(value)
    return isNew ? 'something new' : 'nothing new'
  }

  /** What the prefix stands for, among so many declarations. */
  #find(prefix: string, among: number): string | undefined {
    const at = among === 0 ? -1 : this.#prefixes.lastIndexOf(prefix, among - 1)
    return at === -1 ? undefined : this.#namespaces[at]
  }
}

/**
 * The canonical form of a document (Canonical XML 1.0 without comments), if it is written in the plainest XML.
 * @param text without an XML declaration.
 * @returns null when it is not sure. Otherwise what libxml2 writes, provided that it can be read as canonical text.
 */
export const writeCanonicalText = (text: string): string | null =>
  text.length <= longest.text && isPlain(text) ? new CanonicalWriter(text).write() : null
