import type { CanonicalElement } from './canonical-text.ts'

/** The namespaces that the output has declared around an element: the nearest first. */
type Rendered = { prefix: string; uri: string; outer: Rendered } | null

function renderedUri(rendered: Rendered, prefix: string): string | undefined {
  for (let at = rendered; at !== null; at = at.outer) if (at.prefix === prefix) return at.uri
  return undefined
}

/**
 * Exclusive Canonical XML 1.0 of an element, out of the inclusive canonical text of its whole document. Attributes and
 * text are canonical already; what differs is which namespaces are declared, and where (section 3).
 */
class ExclusiveForm {
  readonly #text: string
  readonly #without: CanonicalElement | null
  readonly #inclusivePrefixes: readonly string[]
  readonly #pieces: string[] = []
  #from = 0

  constructor(text: string, inclusivePrefixes: readonly string[], without: CanonicalElement | null) {
    this.#text = text
    this.#without = without
    this.#inclusivePrefixes = inclusivePrefixes.map((prefix) => (prefix === '#default' ? '' : prefix))
  }

  of(element: CanonicalElement): string {
    this.#from = element.start
    this.#render(element, null)
    this.#pieces.push(this.#text.slice(this.#from, element.end))
    // Joined, it is one text that reads fast; added up, it would stay a tree of pieces.
    return this.#pieces.join('')
  }

  /** Goes on in the text at `next` instead of at `at`. */
  #replace(at: number, next: number, by: string): void {
    this.#pieces.push(this.#text.slice(this.#from, at), by)
    this.#from = next
  }

  #render(element: CanonicalElement, outer: Rendered): void {
    if (element === this.#without) {
      this.#replace(element.start, element.end, '')
      return
    }
    const rendered = this.#declare(element, outer)
    for (const child of element.children) this.#render(child, rendered)
  }

  /** Section 3: a namespace is declared where it is visibly utilized, or listed, and the output has not said so yet. */
  #declare(element: CanonicalElement, outer: Rendered): Rendered {
    let rendered = this.#utilize(element, element.prefix, outer)
    for (const prefix of element.attributePrefixes) rendered = this.#utilize(element, prefix, rendered)
    for (const prefix of this.#inclusivePrefixes) rendered = this.#utilize(element, prefix, rendered)
    if (rendered === outer && element.declarations === element.rest) return rendered
    const added: [prefix: string, uri: string][] = []
    for (let at = rendered; at !== outer && at !== null; at = at.outer) added.push([at.prefix, at.uri])
    const declarations = added
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([prefix, uri]) => (prefix === '' ? ` xmlns="${uri}"` : ` xmlns:${prefix}="${uri}"`))
      .join('')
    if (declarations !== this.#text.slice(element.declarations, element.rest)) {
      this.#replace(element.declarations, element.rest, declarations)
    }
    return rendered
  }

  #utilize({ scope }: CanonicalElement, prefix: string, rendered: Rendered): Rendered {
    if (prefix === 'xml') return rendered
    const uri = scope.find(prefix)
    return uri === undefined || renderedUri(rendered, prefix) === uri ? rendered : { prefix, uri, outer: rendered }
  }
}

/**
 * The text of an element that a digest or a signature is made of.
 * @param text the canonical text that the element was read from.
 * @param inclusivePrefixes the PrefixList of InclusiveNamespaces.
 * @param without a descendant to leave out, as the enveloped-signature transform does (XML Signature 6.6.4).
 */
export const canonicalizeExclusively = (
  text: string,
  element: CanonicalElement,
  inclusivePrefixes: readonly string[],
  without: CanonicalElement | null,
): string => new ExclusiveForm(text, inclusivePrefixes, without).of(element)
