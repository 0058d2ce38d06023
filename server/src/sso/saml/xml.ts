import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlC14NMode,
  XmlDocument,
  XmlError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import { type CanonicalElement, readCanonicalText } from './canonical-text.ts'
import { findCrowded } from './crowded-markup.ts'
import { canonicalizeExclusively } from './exclusive-c14n.ts'
import { XmlProblem } from './xml-element.ts'

/** libxml2's canonical text of a document, in one piece. Nothing in libxml2-wasm is called for single elements: each call costs. */
function canonicalText(document: XmlDocument): string {
  const chunks: Buffer[] = []
  const write = (chunk: Uint8Array): number => chunks.push(Buffer.from(chunk)) && chunk.byteLength
  document.canonicalize({ write, close: () => true }, { mode: XmlC14NMode.XML_C14N_1_0 })
  return Buffer.concat(chunks).toString('utf8')
}

/** An opened document: what it says is read from its canonical text, and only validate() asks the parser again. */
export class OpenDocument {
  readonly root: CanonicalElement
  readonly #document: XmlDocument
  readonly #text: string

  constructor(document: XmlDocument) {
    this.#document = document
    this.#text = canonicalText(document)
    this.root = readCanonicalText(this.#text)
  }

  /** Exclusive Canonical XML 1.0 of the element and what it contains, without `without`. */
  canonicalize(element: CanonicalElement, inclusivePrefixes: string[], without: CanonicalElement | null): string {
    return canonicalizeExclusively(this.#text, element, inclusivePrefixes, without)
  }

  /** The whole document as text, with other text where the element is. */
  replace({ start, end }: CanonicalElement, text: string): string {
    return this.#text.slice(0, start) + text + this.#text.slice(end)
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
  return error instanceof XmlError ? new XmlProblem(error.message.split('\n')[0]) : error
}

/**
 * Parses a document, without network, entities or an external subset, and closes it again when `use` is done.
 * @param text XML 1.0; a declaration is skipped, because a string has no encoding any more.
 * @throws XmlProblem when it is not well-formed, has a document type, crowds attributes or namespaces, or is nested
 * too deep.
 */
export function withXml<T>(text: string, use: (document: OpenDocument) => T): T {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new XmlProblem('A document type (DOCTYPE) is not allowed.')
  const crowded = findCrowded(text)
  if (crowded !== null) throw new XmlProblem(`The document has more than ${crowded}.`)
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
  const bytes = Buffer.from(text.replace(/^<\?xml[^>]*\?>/, ''), 'utf8')
  let document: XmlDocument | null = null
  try {
    document = XmlDocument.fromBuffer(bytes, { option, encoding: 'utf-8' })
    return use(new OpenDocument(document))
  } catch (error) {
    throw problemOf(error)
  } finally {
    document?.dispose()
  }
}

let compiledSchema: XsdValidator | null = null

/** What may be in CanonicalizationMethod is of a schema of its own: where it is unknown, as here, it is not to be missed. */
const strict = '<any namespace="##any" minOccurs="0" maxOccurs="unbounded"/>'
const lax = strict.replace('<any ', '<any processContents="lax" ')
const strictOthers = "<any namespace='##other' minOccurs="
const laxOthers = strictOthers.replace("##other'", "##other' processContents='lax'")

/** The OASIS and W3C schemas, compiled once. Their own document types are taken out: nothing is fetched. */
function samlSchema(): XsdValidator {
  if (compiledSchema !== null) return compiledSchema
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve('@authenio/samlify-xmllint-wasm/package.json')), 'schemas')
  const read = (file: string): Buffer => {
    const text = readFileSync(join(folder, file), 'utf8').replace(/<!DOCTYPE[^[>]*(\[[\s\S]*?\])?\s*>/, '')
    const known = file === 'xmldsig-core-schema.xsd' ? text.replace(strict, lax) : text
    // XML Encryption 1.1 adds elements where 1.0 takes any that it knows of: those of other namespaces are ours to check.
    return Buffer.from(known.replaceAll(strictOthers, laxOthers))
  }
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
