import { canonicalContent, canonicalValue, isPlain, withoutReferences } from './canonical-characters.ts'
import { areInOrder, byName, byNamespace, isReserved, isSorted, type WrittenAttribute } from './canonical-order.ts'

/** Nothing comes near what the parser would find too long; longer names of elements are in no schema. */
const longest = { text: 512 * 1024, attributeName: 256 }

const [tab, line, space, quote, apostrophe] = [0x09, 0x0a, 0x20, 0x22, 0x27]
const [slash, less, equals, greater] = [0x2f, 0x3c, 0x3d, 0x3e]

/** In ASCII, with one colon at most. `xml` and what begins with it is for XML itself: of that we know `xmlns`. */
const ncName = '[A-Za-z_][A-Za-z0-9_.-]*'
const name = `${ncName}(?::${ncName})?`
const notXml = '(?![Xx][Mm][Ll])'
const nameHere = new RegExp(name, 'y')
const elementNameHere = new RegExp(notXml + name, 'y')

/** Elements that hold text alone and are canonical as they stand; and the text after each. */
const value = '[\\x20\\x21\\x23-\\x25\\x27-\\x3b\\x3d-\\x7e\\xa0-\\ud7ff]*'
const content = '[\\t\\n\\x20-\\x25\\x27-\\x3b\\x3d\\x3f-\\x7e\\xa0-\\ud7ff]*'
const leaf = `<(${notXml}${name})(?: ${notXml}${ncName}="${value}")?>${content}</\\1>`
const leavesHere = new RegExp(`(?:${leaf}${content}(?=<)){1,64}`, 'y')

/** Namespaces that no parser has anything to remark on. */
const plainNamespace =
  /^(?:urn:[A-Za-z0-9]+(?:[:._-][A-Za-z0-9]+)*|https?:\/\/[a-z0-9]+(?:[.-][a-z0-9]+)*(?:\/[A-Za-z0-9._-]+)*\/?#?)$/
const reserved = new Set(['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'])

const isSpace = (code: number): boolean => code === space || code === line || code === tab

/**
 * Writes a document in canonical form, tag by tag. It knows the plainest XML alone, and stops at everything else: comments,
 * CDATA sections, processing instructions, names beyond ASCII, `xml:lang`, carriage returns, entities of one's own.
 * Whether the tags fit together it does not ask: that comes out when what it wrote is read.
 */
class CanonicalWriter {
  readonly #text: string
  readonly #hasReferences: boolean
  readonly #hasBreaks: boolean
  /** The prefixes and namespaces that hold, the innermost last; and how many held around each open element. */
  readonly #prefixes: string[] = []
  readonly #namespaces: string[] = []
  readonly #around: number[] = []
  readonly #pieces: string[] = []
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
      at = this.#tag(at)
      if (this.#around.length === 0) break
      if (at !== -1) at = this.#content(at)
    }
    if (at === -1 || this.#skipSpace(at) !== text.length) return null
    this.#pieces.push(text.slice(this.#from, at))
    // Joined, it is one text that reads fast; added up, it would stay a tree of pieces.
    return this.#pieces.join('')
  }

  #skipSpace(from: number): number {
    const text = this.#text
    let at = from
    while (at < text.length && isSpace(text.charCodeAt(at))) at++
    return at
  }

  /** Where it ends, if it is here; where it would begin, if it is not. */
  #skip(here: RegExp, from: number): number {
    here.lastIndex = from
    return here.test(this.#text) ? here.lastIndex : from
  }

  /** Goes on in the text at `next` instead of at `at`. */
  #replace(at: number, next: number, by: string): void {
    this.#pieces.push(this.#text.slice(this.#from, at), by)
    this.#from = next
  }

  /** All of these: where to go on; -1 when it is not sure. */
  #tag(at: number): number {
    if (this.#text.charCodeAt(at + 1) === slash) return this.#endTag(at)
    const next = this.#skip(leavesHere, at)
    return next === at ? this.#startTag(at) : next
  }

  #content(from: number): number {
    const end = this.#text.indexOf('<', from)
    if (end <= from) return end
    const raw = this.#text.slice(from, end)
    const text = isPlain(raw) && !raw.includes(']]>') ? withoutReferences(raw) : null
    if (text === null) return -1
    const canonical = canonicalContent(text)
    if (canonical !== raw) this.#replace(from, end, canonical)
    return end
  }

  /** Whether it is the right one comes out when it is read. */
  #endTag(at: number): number {
    const text = this.#text
    const end = text.indexOf('>', at)
    if (end === -1) return -1
    let nameEnd = end
    while (isSpace(text.charCodeAt(nameEnd - 1))) nameEnd--
    if (nameEnd !== end) this.#replace(nameEnd, end, '')
    this.#close()
    return end + 1
  }

  #close(): void {
    const around = this.#around.pop() ?? 0
    if (around === this.#prefixes.length) return
    this.#prefixes.length = around
    this.#namespaces.length = around
  }

  #startTag(at: number): number {
    const text = this.#text
    const nameEnd = this.#skip(elementNameHere, at + 1)
    if (nameEnd === at + 1) return -1
    this.#around.push(this.#prefixes.length)
    const attributes: WrittenAttribute[] = []
    const next = text.charCodeAt(nameEnd) === greater ? nameEnd : this.#attributes(nameEnd, attributes)
    if (next === -1) return -1
    const begin = this.#skipSpace(next)
    const isEmpty = text.charCodeAt(begin) === slash
    const end = isEmpty ? begin + 2 : begin + 1
    if (text.charCodeAt(end - 1) !== greater) return -1
    const arranged = areInOrder(attributes) ? attributes : this.#arrange(attributes)
    if (arranged === null) return -1
    if (isEmpty || begin !== next || arranged !== attributes || !attributes.every(({ asItWas }) => asItWas)) {
      const written = arranged.map((attribute) => ` ${attribute.name}="${attribute.value}"`).join('')
      this.#replace(nameEnd, end, isEmpty ? `${written}></${text.slice(at + 1, nameEnd)}>` : `${written}>`)
    }
    if (isEmpty) this.#close()
    return end
  }

  /** Reads them into the list. */
  #attributes(from: number, attributes: WrittenAttribute[]): number {
    const text = this.#text
    const limit = text.indexOf('<', from)
    let next = from
    for (;;) {
      const begin = this.#skipSpace(next)
      const code = text.charCodeAt(begin)
      if (code === greater || code === slash) return next
      const end = this.#skip(nameHere, begin)
      const sign = this.#skipSpace(end)
      const opening = this.#skipSpace(sign + 1)
      const mark = text.charCodeAt(opening)
      if (begin === next || end === begin || end - begin > longest.attributeName) return -1
      if (text.charCodeAt(sign) !== equals || (mark !== quote && mark !== apostrophe)) return -1
      const closing = text.indexOf(mark === quote ? '"' : "'", opening + 1)
      if (closing === -1 || closing > limit) return -1
      const raw = text.slice(opening + 1, closing)
      const written = this.#value(raw, mark)
      if (written === null) return -1
      const isCanonical = mark === quote && written === raw && opening === end + 1 && begin === next + 1
      const asItWas = isCanonical && text.charCodeAt(next) === space
      attributes.push({ name: text.slice(begin, end), value: written, namespace: '', asItWas })
      next = closing + 1
    }
  }

  /** As canonical form writes it; null when it is not sure. White space becomes spaces (XML 1.0, 3.3.3). */
  #value(raw: string, mark: number): string | null {
    if (!isPlain(raw)) return null
    if (mark === quote && !this.#hasReferences && !this.#hasBreaks) return raw
    const spaced = this.#hasBreaks ? raw.replace(/[\t\n]/g, ' ') : raw
    const text = withoutReferences(spaced)
    return text === null ? null : canonicalValue(text)
  }

  /** In canonical order, without declarations of what holds already; null when it is not sure. The same when it is so. */
  #arrange(attributes: WrittenAttribute[]): WrittenAttribute[] | null {
    const declarations = attributes.filter(({ name }) => isReserved(name))
    const others = declarations.length === 0 ? attributes : attributes.filter(({ name }) => !isReserved(name))
    let needed = declarations
    for (const declaration of declarations) {
      const says = this.#declare(declaration)
      if (says === null) return null
      if (says === 'nothing new') needed = needed.filter((each) => each !== declaration)
    }
    for (const attribute of others) {
      const colon = attribute.name.indexOf(':')
      if (colon === -1) continue
      const namespace = this.#find(attribute.name.slice(0, colon), this.#prefixes.length)
      if (namespace === undefined) return null
      attribute.namespace = namespace
    }
    const inPlace =
      needed.length === declarations.length && declarations.every((each, index) => attributes[index] === each)
    if (inPlace && isSorted(declarations, byName) && isSorted(others, byNamespace)) return attributes
    return [...needed.sort(byName), ...others.sort(byNamespace)]
  }

  /** Takes up a declaration. */
  #declare({ name, value }: WrittenAttribute): 'something new' | 'nothing new' | null {
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
  text.length <= longest.text ? new CanonicalWriter(text).write() : null
