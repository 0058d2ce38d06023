import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { type OpenDocument, recognize, withLibxml2 } from '../../../server/src/sso/saml/xml.ts'
import { every, everyNode, plain, read } from '../as-libxml2-reads.ts'

const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
const mode = XmlC14NMode.XML_C14N_EXCLUSIVE_1_0
const inclusiveNamespacePrefixes = ['xs', 'saml']

/** Asks libxml2 for the tree, node by node, and for the exclusive form of some of its elements. */
function compareNodes(text: string, recognized: OpenDocument): void {
  const parsed = XmlDocument.fromBuffer(Buffer.from(text), { option })
  try {
    if (JSON.stringify(plain(recognized.root)) !== JSON.stringify(read(parsed.root))) throw new Error('another tree')
    const nodes = everyNode(parsed.root)
    for (const [index, element] of every(recognized.root).entries()) {
      if (index % 4 !== 0) continue
      const theirs = nodes[index]?.canonicalizeToString({ mode, inclusiveNamespacePrefixes })
      if (recognized.canonicalize(element, inclusiveNamespacePrefixes, null) !== theirs) throw new Error('another form')
    }
  } finally {
    parsed.dispose()
  }
}

/**
 * What is recognized, libxml2 parses, finds valid, and writes in the same canonical form; or this throws.
 * @param text without an XML declaration.
 * @param thoroughly whether libxml2 is asked for each node, too.
 * @returns false when it is not recognized.
 */
export function holdAgainstLibxml2(text: string, thoroughly: boolean): boolean {
  const recognized = recognize(text)
  if (recognized === null) return false
  withLibxml2(text, (document) => {
    document.validate()
    if (document.text !== recognized.text) throw new Error('another canonical form')
  })
  // libxml2-wasm takes U+FEFF for a byte order mark where a value begins with it, and leaves it out.
  if (thoroughly && !recognized.text.includes('\ufeff')) compareNodes(text, recognized)
  return true
}
