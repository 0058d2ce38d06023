import { XmlProblem } from './xml-element.ts'

type Name = { readonly namespace: string; readonly name: string; readonly fullName: string; readonly prefix: string }

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** What stands before the colon, if there is one. */
export const prefixOf = (qualified: string): string => qualified.slice(0, Math.max(0, qualified.indexOf(':')))

/** One colon at most, with something on both sides (Namespaces in XML 1.0, section 4). */
function checkName(qualified: string): void {
  if (!/^[^:]+(:[^:]+)?$/.test(qualified)) throw new XmlProblem(`${qualified} is not the name of anything.`)
}

/** The namespaces that are declared where an element stands, and what names mean there (Namespaces in XML 1.0). */
export class NamespaceScope {
  readonly #outer: NamespaceScope | null
  readonly #declared = new Map<string, string>()
  readonly #elements = new Map<string, Name>()
  readonly #attributes = new Map<string, string>()

  constructor(outer: NamespaceScope | null) {
    this.#outer = outer
  }

  /**
   * Takes up a declaration. Absolute URIs only: others have no canonical form, and the digest of an empty text is one
   * that everybody knows. None with what would need escaping either: libxml2 writes namespaces as they are.
   */
  declare(prefix: string, uri: string): void {
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^\s&"<>]*$/.test(uri)) {
      throw new XmlProblem(`The namespace "${uri}" is not an absolute URI.`)
    }
    if (prefix === 'xml' || prefix === 'xmlns' || this.#declared.has(prefix)) {
      throw new XmlProblem(`The prefix "${prefix}" cannot be declared here.`)
    }
    this.#declared.set(prefix, uri)
  }

  /** The namespace of a prefix; of '' the default one. */
  find(prefix: string): string | undefined {
    return this.#declared.get(prefix) ?? this.#outer?.find(prefix)
  }

  #namespace(prefix: string): string {
    const uri = prefix === 'xml' ? xmlNamespace : this.find(prefix)
    if (uri === undefined && prefix !== '') throw new XmlProblem(`The prefix "${prefix}" is not declared.`)
    return uri ?? ''
  }

  /** What an element of that name is. */
  element(qualified: string): Name {
    const known = this.#elements.get(qualified)
    if (known !== undefined) return known
    checkName(qualified)
    const prefix = prefixOf(qualified)
    const namespace = this.#namespace(prefix)
    const name = qualified.slice(qualified.indexOf(':') + 1)
    const made = { namespace, name, fullName: `{${namespace}}${name}`, prefix }
    this.#elements.set(qualified, made)
    return made
  }

  /** What an attribute of that name is called: without a prefix it has no namespace. */
  attribute(qualified: string): string {
    if (!qualified.includes(':')) return qualified
    const known = this.#attributes.get(qualified)
    if (known !== undefined) return known
    checkName(qualified)
    const made = `{${this.#namespace(prefixOf(qualified))}}${qualified.slice(qualified.indexOf(':') + 1)}`
    this.#attributes.set(qualified, made)
    return made
  }
}
