import type { Chance } from './random-values.ts'

/** An element before it is written down. */
export type Element = {
  namespace: string
  name: string
  attributes: { namespace: string; name: string; value: string }[]
  content: Part[]
}
export type Part = Element | string

const prefixes: Record<string, readonly string[]> = {
  'urn:oasis:names:tc:SAML:2.0:assertion': ['saml', 'saml2', '', 'a'],
  'urn:oasis:names:tc:SAML:2.0:protocol': ['samlp', 'saml2p', '', 'b'],
  'http://www.w3.org/2000/09/xmldsig#': ['ds', 'dsig', ''],
  'http://www.w3.org/2001/XMLSchema-instance': ['xsi'],
}
const others = ['x', 'ec', 'a', 'xs']
const schema = 'http://www.w3.org/2001/XMLSchema'
const useless = ['urn:x:y', schema, 'urn:oasis:names:tc:SAML:2.0:assertion', 'http://a.example/b_c#', 'urn:z']

type Scope = ReadonlyMap<string, string>

const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Writes an element down in one of the many ways that mean the same, and now and then in one that means something else. */
export class RandomWriter {
  readonly #chance: Chance
  readonly #strictness: number
  readonly #between: readonly string[]

  constructor(chance: Chance) {
    this.#chance = chance
    // Some write all of it in canonical form, some none.
    this.#strictness = chance.pick([1, 0.97, 0.8])
    this.#between = chance.pick([[''], [''], ['', '\n', '\n  '], [' ', '\t', '\r\n']])
  }

  document(root: Element): string {
    const c = this.#chance
    const text = this.#element(root, new Map())
    return this.#strict
      ? text
      : c.pick(['\n', ' ', '\r\n', '<!-- -->', '\ufeff', '']) + text + c.pick(['\n', ' ', '<?p?>', 'x', ''])
  }

  get #strict(): boolean {
    return this.#chance.often(this.#strictness)
  }

  #space(least: string): string {
    return this.#strict ? least : this.#chance.pick([' ', '\n', '\t', '  ', ''])
  }

  /** Text as it may stand in a document; plainly, or with references where there need be none. */
  #encode(text: string, quote: string): string {
    if (this.#strict)
      return text.replace(/[&<>"]/g, (each) => (each === '"' && quote !== '"' ? each : (named[each] ?? each)))
    return [...text].map((each) => (each === quote ? (named[each] ?? each) : this.#character(each))).join('')
  }

  #character(character: string): string {
    const c = this.#chance
    const code = character.codePointAt(0) ?? 0
    if (character in named) return c.often(0.8) ? (named[character] ?? character) : character
    if (c.often(0.7)) return character
    return c.pick([`&#${code};`, `&#x${code.toString(16)};`, `&#x${code.toString(16).toUpperCase()};`, `&#0${code};`])
  }

  #text(text: string): string {
    const plain = this.#encode(text, '')
    if (this.#strict || this.#chance.often(0.85)) return plain
    const odd = [`<![CDATA[${text}]]>`, `${plain}<!-- -->`, `${plain}&x;`, `${plain}]]>`, `${plain}]]&gt;`, `${plain}>`]
    return this.#chance.pick(odd)
  }

  #attribute(name: string, value: string): string {
    const c = this.#chance
    const quote = this.#strict ? '"' : "'"
    const written = name.startsWith('xmlns') && c.often(0.99) ? value : this.#encode(value, quote)
    return `${this.#space(' ') || ' '}${name}${this.#strict ? '=' : c.pick(['=', ' = ', '\n='])}${quote}${written}${quote}`
  }

  /** The prefix that stands for the namespace here, declared if need be. */
  #prefix(namespace: string, scope: Map<string, string>, declared: Map<string, string>, forAttribute: boolean): string {
    const c = this.#chance
    const known = [...scope].filter(([prefix, uri]) => uri === namespace && !(forAttribute && prefix === ''))
    if (namespace === '' || (known.length > 0 && c.often(0.95))) return known.length > 0 ? c.pick(known)[0] : ''
    const usable = (prefixes[namespace] ?? others).filter(
      (prefix) => !declared.has(prefix) && !(forAttribute && prefix === ''),
    )
    const prefix = usable.length > 0 ? c.pick(usable) : `n${declared.size}`
    declared.set(prefix, namespace)
    scope.set(prefix, namespace)
    return prefix
  }

  #element({ namespace, name, attributes, content }: Element, outer: Scope): string {
    const c = this.#chance
    const scope = new Map(outer)
    const declared = new Map<string, string>()
    const declare = (prefix: string, uri: string): void => {
      declared.set(prefix, uri)
      scope.set(prefix, uri)
    }
    // What the outer elements say already, and what nobody asks for.
    for (const [prefix, uri] of outer) if (c.often(0.03)) declare(prefix, uri)
    if (c.often(outer.size === 0 ? 0.3 : 0.02)) declare(c.pick(['xs', 'x', 'saml', 'ds', 'q']), c.pick(useless))
    const qualify = (prefix: string, local: string): string => (prefix === '' ? local : `${prefix}:${local}`)
    const tag = qualify(this.#prefix(namespace, scope, declared, false), name)
    const sent = attributes.map((attribute): [string, string] => {
      const isType = attribute.value === 'xs:string' && scope.get('xs') !== schema && !declared.has('xs')
      if (isType && c.often(0.98)) declare('xs', schema)
      const prefix = attribute.namespace === '' ? '' : this.#prefix(attribute.namespace, scope, declared, true)
      return [qualify(prefix, attribute.name), attribute.value]
    })
    const declarations = [...declared].map(([prefix, uri]): [string, string] => [
      prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
      uri,
    ])
    const twice = this.#strict || c.often(0.8) ? [] : c.pick([declarations, sent]).slice(0, 1)
    const all = this.#order(declarations, [...sent, ...twice])
      .map(([attribute, value]) => this.#attribute(attribute, value))
      .join('')
    const inside = content.map((part) =>
      typeof part === 'string' ? this.#text(part) : this.#gap() + this.#element(part, scope),
    )
    const last = content.some((part) => typeof part !== 'string') ? this.#gap() : ''
    const body = inside.join('') + last
    if (body === '' && (!this.#strict || c.often(0.3))) return `<${tag}${all}${this.#space('')}/>`
    return `<${tag}${all}${this.#space('')}>${body}</${tag}${this.#space('')}>`
  }

  #gap(): string {
    return this.#chance.pick(this.#between)
  }

  #order(declarations: [string, string][], attributes: [string, string][]): [string, string][] {
    const c = this.#chance
    const byName = ([one]: [string, string], [other]: [string, string]): number => (one < other ? -1 : 1)
    if (c.often(0.6)) return [...declarations.sort(byName), ...attributes.sort(byName)]
    const all = [...attributes, ...declarations]
    return c.often(0.5) ? all : all.sort(() => (c.often(0.5) ? 1 : -1))
  }
}
