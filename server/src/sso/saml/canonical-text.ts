import { NamespaceScope, prefixOf } from './namespace-scope.ts'
import { type Xml, XmlProblem } from './xml-element.ts'

/** An element and where it stands in the canonical text it was read from. */
export type CanonicalElement = Xml & {
  readonly children: readonly CanonicalElement[]
  /** At `<`. */
  readonly start: number
  /** After the name, where namespace declarations begin. */
  readonly declarations: number
  /** After the last declaration, where attributes begin. */
  readonly rest: number
  /** After the end tag. */
  readonly end: number
  /** The name as it stands there, and what stands before its colon. */
  readonly qualified: string
  readonly prefix: string
  readonly attributePrefixes: readonly string[]
  readonly scope: NamespaceScope
}

const depthLimit = 40
/** Of one element, its namespace declarations included. */
const attributeLimit = 64
/** How often an element may be called otherwise than its sibling although its name is as long. */
const disappointmentLimit = 30
const none: readonly never[] = []
const noAttributes: ReadonlyMap<string, string> = new Map()

/** The references that canonical form writes (Canonical XML 1.0, 2.3), and no others. */
const references = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#x9;', '\t'],
  ['&#xA;', '\n'],
  ['&#xD;', '\r'],
])

const [space, quote, slash, less, equals, greater] = [0x20, 0x22, 0x2f, 0x3c, 0x3d, 0x3e]

/** The ASCII characters of names. Of others the parser has judged. */
const inNames = new Uint8Array(128)
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.-') {
  inNames[character.charCodeAt(0)] = 1
}

const notCanonical = (at: number): XmlProblem => new XmlProblem(`The text is not canonical XML at character ${at}.`)

const withoutReferences = (raw: string, at: number): string =>
  raw.replace(/&[^;]*;?/g, (reference) => {
    const character = references.get(reference)
    if (character === undefined) throw notCanonical(at)
    return character
  })

/**
 * Reads canonical XML, which has one way to write each thing: no comments, no document type, no CDATA sections, no empty
 * tags, double quotes, seven references. Whatever else it meets, it refuses.
 */
class CanonicalReader {
  readonly #text: string
  readonly #hasReferences: boolean
  #at = 0
  #disappointments = 0

  constructor(text: string) {
    this.#text = text
    this.#hasReferences = text.includes('&')
  }

  /** Before and after the root only processing instructions can stand, each on a line of its own. */
  document(): CanonicalElement {
    while (this.#text.startsWith('<?', this.#at)) this.#at = this.#find('?>\n') + 3
    const root = this.#element(new NamespaceScope(null), 1, null)
    while (this.#text.startsWith('\n<?', this.#at)) this.#at = this.#find('?>') + 2
    if (this.#at !== this.#text.length) throw notCanonical(this.#at)
    return root
  }

  #find(wanted: string): number {
    const at = this.#text.indexOf(wanted, this.#at)
    if (at === -1) throw notCanonical(this.#at)
    return at
  }

  #name(): string {
    const text = this.#text
    const start = this.#at
    let at = start
    for (let code = text.charCodeAt(at); code > 127 || inNames[code] === 1; code = text.charCodeAt(at)) at++
    if (at === start) throw notCanonical(start)
    this.#at = at
    return text.slice(start, at)
  }

  /**
   * Goes past the name if it is this one, as it is in a list of values. To look for it is the fastest way to compare, but
   * may lead through the whole text where it is not here; so it is not done any more after some disappointments.
   */
  #passes(name: string): boolean {
    const end = this.#at + name.length
    const next = this.#text.charCodeAt(end)
    if ((next !== greater && next !== space) || this.#disappointments > disappointmentLimit) return false
    if (this.#text.indexOf(name, this.#at) !== this.#at) {
      this.#disappointments++
      return false
    }
    this.#at = end
    return true
  }

  /** What stands before the next `end`, which is where to go on. */
  #until(end: string): string {
    const start = this.#at
    this.#at = this.#find(end)
    const raw = this.#text.slice(start, this.#at)
    return this.#hasReferences && raw.includes('&') ? withoutReferences(raw, start) : raw
  }

  #attributeValue(): string {
    const start = this.#at
    if (this.#text.charCodeAt(start) !== equals || this.#text.charCodeAt(start + 1) !== quote) throw notCanonical(start)
    this.#at += 2
    const value = this.#until('"')
    this.#at++
    return value
  }

  #element(outer: NamespaceScope, depth: number, before: CanonicalElement | null): CanonicalElement {
    if (depth > depthLimit) throw new XmlProblem(`Elements are nested deeper than ${depthLimit} levels.`)
    const text = this.#text
    const start = this.#at
    if (text.charCodeAt(start) !== less) throw notCanonical(start)
    this.#at++
    const same = before !== null && before.scope === outer && this.#passes(before.qualified) ? before : null
    const qualified = same === null ? this.#name() : same.qualified
    const declarations = this.#at
    let rest = declarations
    let scope = outer
    let attributes: Map<string, string> | null = null
    let attributePrefixes: string[] | null = null
    let count = 0
    while (text.charCodeAt(this.#at) === space) {
      this.#at++
      if (++count > attributeLimit) throw new XmlProblem(`<${qualified}> has more than ${attributeLimit} attributes.`)
      const name = this.#name()
      const value = this.#attributeValue()
      if (name === 'xmlns' || name.slice(0, 6) === 'xmlns:') {
        if (attributes !== null) throw notCanonical(this.#at)
        if (scope === outer) scope = new NamespaceScope(outer)
        scope.declare(name.slice('xmlns:'.length), value)
        rest = this.#at
        continue
      }
      const read = scope.attribute(name)
      attributes ??= new Map()
      if (attributes.has(read)) throw notCanonical(this.#at)
      attributes.set(read, value)
      if (read !== name) (attributePrefixes ??= []).push(prefixOf(name))
    }
    if (text.charCodeAt(this.#at) !== greater) throw notCanonical(this.#at)
    this.#at++
    let content = this.#until('<')
    let children: CanonicalElement[] | null = null
    let last: CanonicalElement | null = null
    while (text.charCodeAt(this.#at + 1) !== slash) {
      last = this.#element(scope, depth + 1, last)
      children ??= []
      children.push(last)
      content += this.#until('<')
    }
    const close = this.#at + 2
    const end = close + qualified.length
    // The fastest way to compare; where it is not here, it is looked for elsewhere, but this is the end then.
    if (text.indexOf(qualified, close) !== close || text.charCodeAt(end) !== greater) throw notCanonical(close)
    this.#at = end + 1
    const { namespace, name, fullName, prefix } = same !== null && scope === outer ? same : scope.element(qualified)
    return {
      namespace,
      name,
      fullName,
      attributes: attributes ?? noAttributes,
      children: children ?? none,
      text: content,
      start,
      declarations,
      rest,
      end: this.#at,
      qualified,
      prefix,
      attributePrefixes: attributePrefixes ?? none,
      scope,
    }
  }
}

/**
 * Reads what libxml2 or canonicalize() wrote as canonical XML.
 * @throws XmlProblem when the text is anything else, or nested too deep.
 */
export const readCanonicalText = (text: string): CanonicalElement => new CanonicalReader(text).document()
