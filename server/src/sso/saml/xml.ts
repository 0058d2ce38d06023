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
import { writeCanonicalText } from './canonical-writer.ts'
import { findCrowded } from './crowded-markup.ts'
import { canonicalizeExclusively } from './exclusive-c14n.ts'
import { isSurelyValid } from './surely-valid.ts'
import { XmlProblem } from './xml-element.ts'

/** An opened document: what it says is read from its canonical text. */
export class OpenDocument {
  /** Canonical XML 1.0 of the whole document. */
  readonly text: string
  readonly root: CanonicalElement
  readonly #validate: () => void

  /** @param validate throws an XmlError when the document does not follow the schemas. */
  constructor(text: string, root: CanonicalElement, validate: () => void) {
    this.text = text
    this.root = root
    this.#validate = validate
  }

  /** Exclusive Canonical XML 1.0 of the element and what it contains, without `without`. */
  canonicalize(element: CanonicalElement, inclusivePrefixes: string[], without: CanonicalElement | null): string {
    return canonicalizeExclusively(this.text, element, inclusivePrefixes, without)
  }

  /** The whole document as text, with other text where the element is. */
  replace({ start, end }: CanonicalElement, text: string): string {
    return this.text.slice(0, start) + text + this.text.slice(end)
  }

  /** Checks against the schemas of SAML 2.0 (protocol and assertion), XML Signature and XML Encryption. @throws XmlProblem */
  validate(): void {
    try {
      this.#validate()
    } catch (error) {
      throw problemOf(error)
    }
  }
}

function problemOf(error: unknown): unknown {
  return error instanceof XmlError ? new XmlProblem(error.message.split('\n')[0]) : error
}

/**
 * A message of SAML in the plainest XML, without libxml2: its canonical text is what libxml2 would write, and libxml2 would
 * find it valid.
 * @returns null when that is not sure; whatever is wrong with it is then for libxml2 to say.
 */
export function recognize(text: string): OpenDocument | null {
  const canonical = writeCanonicalText(text)
  if (canonical === null) return null
  try {
    const root = readCanonicalText(canonical)
    return isSurelyValid(root) ? new OpenDocument(canonical, root, () => {}) : null
  } catch (error) {
    if (error instanceof XmlProblem) return null
    throw error
  }
}

/** libxml2's canonical text of a document, in one piece. Nothing in libxml2-wasm is called for single elements: each call costs. */
function canonicalText(document: XmlDocument): string {
  const chunks: Buffer[] = []
  const write = (chunk: Uint8Array): number => chunks.push(Buffer.from(chunk)) && chunk.byteLength
  document.canonicalize({ write, close: () => true }, { mode: XmlC14NMode.XML_C14N_1_0 })
  return Buffer.concat(chunks).toString('utf8')
}

/** @param text without an XML declaration. */
export function withLibxml2<T>(text: string, use: (document: OpenDocument) => T): T {
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
  let document: XmlDocument | null = null
  try {
    const parsed = XmlDocument.fromBuffer(Buffer.from(text, 'utf8'), { option, encoding: 'utf-8' })
    document = parsed
    const canonical = canonicalText(parsed)
    return use(new OpenDocument(canonical, readCanonicalText(canonical), () => samlSchema().validate(parsed)))
  } catch (error) {
    throw problemOf(error)
  } finally {
    document?.dispose()
  }
}

/**
 * Parses a document, without network, entities or an external subset, and closes it again when `use` is done.
 * @param text XML 1.0; a declaration is skipped, because a string has no encoding any more.
 * @throws XmlProblem when it is not well-formed, has a document type, crowds attributes or namespaces, or is nested
 * too deep.
 */
export function withXml<T>(text: string, use: (document: OpenDocument) => T): T {
  if (text.includes('<!') && /<!DOCTYPE|<!ENTITY/i.test(text)) {
    throw new XmlProblem('A document type (DOCTYPE) is not allowed.')
  }
  const crowded = findCrowded(text)
  if (crowded !== null) throw new XmlProblem(`The document has more than ${crowded}.`)
  const withoutDeclaration = text.replace(/^<\?xml[^>]*\?>/, '')
  const recognized = recognize(withoutDeclaration)
  return recognized === null ? withLibxml2(withoutDeclaration, use) : use(recognized)
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
