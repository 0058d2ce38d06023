import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlC14NMode,
  XmlDocument,
  XmlElement,
  XmlLibError,
  XmlText,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'

/** An element as we read it: names are always a namespace and a local name, never a prefix. */
export type Xml = {
  readonly namespace: string
  readonly name: string
  /** By local name for attributes without a namespace, else by `{namespace}local`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Xml[]
  /** The text directly in the element, as one string. */
  readonly text: string
}

/** The text is no XML document that we read, or does not follow the schema; the message is the parser's. */
export class XmlProblem extends Error {}

const depthLimit = 40

function textOf(element: XmlElement): string {
  let text = ''
  for (let node = element.firstChild; node !== null; node = node.next) if (node instanceof XmlText) text += node.content
  return text
}

/** A namespace that is not absolute makes canonicalization fail, and an empty canonical text digests to a constant. */
function refuseRelativeNamespaces(element: XmlElement): void {
  for (const uri of Object.values(element.nsDeclarations)) {
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri)) throw new XmlProblem(`The namespace "${uri}" is not an absolute URI.`)
  }
}

/** An opened document. Elements of `root` are plain values; only the methods reach into the parser's memory. */
export class OpenDocument {
  readonly root: Xml
  readonly #document: XmlDocument
  readonly #nodes = new Map<Xml, XmlElement>()

  constructor(document: XmlDocument) {
    this.#document = document
    this.root = this.#read(document.root, 1)
  }

  #read(element: XmlElement, depth: number): Xml {
    if (depth > depthLimit) throw new XmlProblem(`Elements are nested deeper than ${depthLimit} levels.`)
    refuseRelativeNamespaces(element)
    const attributes = new Map<string, string>()
    for (const attribute of element.attrs) {
      const { namespaceUri, name } = attribute
      attributes.set(namespaceUri === '' ? name : `{${namespaceUri}}${name}`, attribute.value)
    }
    const children: Xml[] = []
    for (let node = element.firstChild; node !== null; node = node.next) {
      if (node instanceof XmlElement) children.push(this.#read(node, depth + 1))
    }
    const read = { namespace: element.namespaceUri, name: element.name, attributes, children, text: textOf(element) }
    this.#nodes.set(read, element)
    return read
  }

  #node(element: Xml): XmlElement {
    const node = this.#nodes.get(element)
    if (node === undefined) throw new Error('this element is of another document')
    return node
  }

  /** Exclusive Canonical XML 1.0 of the element and what it contains. @throws XmlProblem when it comes out empty */
  canonicalize(element: Xml, inclusiveNamespacePrefixes: string[]): string {
    const mode = XmlC14NMode.XML_C14N_EXCLUSIVE_1_0
    const text = this.#node(element).canonicalizeToString({ mode, inclusiveNamespacePrefixes })
    if (!text.startsWith('<')) throw new XmlProblem('The element has no canonical form.')
    return text
  }

  /** Takes the element out of the document: what is canonicalized from now on is without it. */
  remove(element: Xml): void {
    this.#node(element).remove()
  }

  /** The whole document as text, with other text where the element is. The element is gone afterwards. */
  replace(element: Xml, text: string): string {
    const root = this.#document.root
    const whole = root.toString({ format: false })
    // A mark that is nowhere else, nor can be found across its own ends.
    let number = 0
    while (whole.includes(`[${number}]`)) number += 1
    const mark = `[${number}]`
    const node = this.#node(element)
    node.prependText(mark)
    node.remove()
    const [before = '', after = ''] = root.toString({ format: false }).split(mark)
    return before + text + after
  }

  /** Checks against the schemas of SAML 2.0 (protocol and assertion), XML Signature and XML Encryption. @throws XmlProblem */
  validate(): void {
    try {
      samlSchema().validate(this.#document)
    } catch (error) {
      throw problemOf(error)
    }
  }
}

function problemOf(error: unknown): unknown {
  return error instanceof XmlLibError ? new XmlProblem(error.message.split('\n')[0]) : error
}

/**
 * Parses a document, without network, entities or an external subset, and closes it again when `use` is done.
 * @param text XML 1.0; a declaration is skipped, because a string has no encoding any more.
 * @throws XmlProblem when it is not well-formed, has a document type, or is nested too deep.
 */
export function withXml<T>(text: string, use: (document: OpenDocument) => T): T {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new XmlProblem('A document type (DOCTYPE) is not allowed.')
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(text.replace(/^<\?xml[^>]*\?>/, ''), { option })
  } catch (error) {
    throw problemOf(error)
  }
  try {
    return use(new OpenDocument(document))
  } finally {
    document.dispose()
  }
}

/** The element and everything under it, in document order. */
export function* everyElement(element: Xml): Generator<Xml> {
  yield element
  for (const child of element.children) yield* everyElement(child)
}

/** The children of that name. */
export const childrenOf = (element: Xml, namespace: string, name: string): Xml[] =>
  element.children.filter((child) => child.namespace === namespace && child.name === name)

/** The first child of that name; null when there is none. */
export const childOf = (element: Xml, namespace: string, name: string): Xml | null =>
  childrenOf(element, namespace, name)[0] ?? null

let compiledSchema: XsdValidator | null = null

/** The OASIS and W3C schemas, compiled once. Their own document types are taken out: nothing is fetched. */
function samlSchema(): XsdValidator {
  if (compiledSchema !== null) return compiledSchema
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve('@authenio/samlify-xmllint-wasm/package.json')), 'schemas')
  // XML Encryption 1.1 adds elements where 1.0 takes any that it knows of: those of other namespaces are ours to check.
  const read = (file: string): Buffer =>
    Buffer.from(
      readFileSync(join(folder, file), 'utf8')
        .replace(/<!DOCTYPE[^[>]*(\[[\s\S]*?\])?\s*>/, '')
        .replaceAll("<any namespace='##other' minOccurs=", "<any namespace='##other' processContents='lax' minOccurs="),
    )
  const files = [
    'saml-schema-assertion-2.0.xsd',
    'saml-schema-protocol-2.0.xsd',
    'xenc-schema.xsd',
    'xmldsig-core-schema.xsd',
  ]
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(files.map((file) => [file, read(file)]))))
  const protocol = XmlDocument.fromBuffer(read('saml-schema-protocol-2.0.xsd'), { url: 'saml-schema-protocol-2.0.xsd' })
  compiledSchema = XsdValidator.fromDoc(protocol)
  protocol.dispose()
  return compiledSchema
}
