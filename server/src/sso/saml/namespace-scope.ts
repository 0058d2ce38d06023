import { kept } from './kept-text.ts'
import { XmlProblem } from './xml-element.ts'

type Name = { readonly namespace: string; readonly name: string; readonly fullName: string; readonly prefix: string }

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** What stands before the colon, if there is one. */
export const prefixOf = (qualified: string): string => qualified.slice(0, Math.max(0, qualified.indexOf(':')))

/** One colon at most, with something on both sides (Namespaces in XML 1.0, section 4). */
function checkName(qualified: string): void {
  if (!/^[^:]+(:[^:]+)?$/.test(qualified)) throw new XmlProblem(`${qualified} is not the name of anything.`)
}

/** What names were before, by namespace: every response comes with the same few dozen. Bounded, as anybody may send some. */
const known = new Map<string, Map<string, Name>>()
const limits = { namespaces: 32, names: 128, length: 128 }

function recall(namespace: string, qualified: string): Name {
  const names = known.get(namespace)
  const found = names?.get(qualified)
  if (found !== undefined) return found
  checkName(qualified)
  const name = qualified.slice(qualified.indexOf(':') + 1)
  const made = { namespace, name, fullName: `{${namespace}}${name}`, prefix: prefixOf(qualified) }
  if (made.fullName.length + qualified.length > limits.length) return made
  if (names === undefined ? known.size >= limits.namespaces : names.size >= limits.names) return made
  const remembered = {
    namespace: kept(namespace),
    name: kept(name),
    fullName: kept(made.fullName),
    prefix: kept(made.prefix),
  }
  if (names === undefined) known.set(remembered.namespace, new Map([[kept(qualified), remembered]]))
  else names.set(kept(qualified), remembered)
  return remembered
}

/** The namespaces that are declared where an element stands, and what names mean there (Namespaces in XML 1.0). */
export class NamespaceScope {
  readonly #outer: NamespaceScope | null
  readonly #declared = new Map<string, string>()
  readonly #elements = new Map<string, Name>()

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
    const made = recall(this.#namespace(prefixOf(qualified)), qualified)
    this.#elements.set(qualified, made)
    return made
  }

  /** What an attribute of that name is called: without a prefix it has no namespace. */
  attribute(qualified: string): string {
    if (!qualified.includes(':')) return qualified
    return this.element(qualified).fullName
  }
}
