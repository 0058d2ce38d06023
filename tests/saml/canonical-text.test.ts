import { ParseOption, XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { describe, expect, test } from 'vitest'
import { readCanonicalText } from '../../server/src/sso/saml/canonical-text.ts'
import { withXml } from '../../server/src/sso/saml/xml.ts'
import { XmlProblem } from '../../server/src/sso/saml/xml-element.ts'
import { every, everyNode, plain, read } from './as-libxml2-reads.ts'
import { RandomDocument, randomFrom } from './random-xml.ts'

const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
const mode = XmlC14NMode.XML_C14N_EXCLUSIVE_1_0

/** All that is known of one random document, from both sides. */
function compare(seed: number): { ours: unknown; libxml2: unknown } {
  const random = new RandomDocument(randomFrom(seed))
  const text = random.element()
  const parsed = XmlDocument.fromBuffer(Buffer.from(text), { option })
  try {
    return withXml(text, (document) => {
      const tree = { ours: plain(document.root), libxml2: read(parsed.root) }
      const at = Math.floor(randomFrom(seed + 0.5)() * every(document.root).length)
      const [element, node] = [every(document.root)[at], everyNode(parsed.root)[at]]
      if (element === undefined || node === undefined) throw new Error('the trees differ in size')
      const child = element.children.length > 0 && random.often(0.5) ? random.pick(element.children) : null
      const prefixes = random.prefixList()
      const canonical = document.canonicalize(element, prefixes, child)
      const childNode = child && everyNode(parsed.root)[every(document.root).indexOf(child)]
      childNode?.remove()
      const theirs = node.canonicalizeToString({ mode, inclusiveNamespacePrefixes: prefixes })
      return {
        ours: { text, tree: tree.ours, canonical, again: plain(readCanonicalText(canonical)) },
        libxml2: { text, tree: tree.libxml2, canonical: theirs, again: read(node) },
      }
    })
  } finally {
    parsed.dispose()
  }
}

const documents = Number(process.env['RANDOM_DOCUMENTS'] ?? 10_000)

describe('a document', () => {
  test('is UTF-8, also when its bytes look like UTF-16, in which the byte guard would see nothing', () => {
    const hidden = Buffer.from('<?xml version="1.0"?><a>b<!-- c -->d</a>', 'utf16le').toString('utf8')
    expect(hidden.startsWith('<')).toBe(true)
    expect(() => withXml(hidden, () => {})).toThrow(XmlProblem)
  })

  test('has no namespaces that canonical form cannot tell apart', () => {
    for (const namespace of ['1', '', 'urn:a&amp;b', 'urn:a&amp;gt;b', 'urn:a&quot;b', 'urn:a&#10;b']) {
      expect(() => withXml(`<x:a xmlns:x="${namespace}"></x:a>`, () => {})).toThrow(XmlProblem)
    }
  })
})

describe('the text that is read and signed', () => {
  test(`is libxml2's for ${documents} random documents: tree, canonical form, and the canonical form read again`, () => {
    const wrong: unknown[] = []
    for (let seed = 1; seed <= documents && wrong.length === 0; seed++) {
      const { ours, libxml2 } = compare(seed)
      if (JSON.stringify(ours) !== JSON.stringify(libxml2)) wrong.push({ seed, ours, libxml2 })
    }
    expect(wrong).toEqual([])
  }, 600_000)

  const refused: [what: string, text: string][] = [
    ['a comment', '<a><!-- --></a>'],
    ['a processing instruction inside', '<a><?b c?></a>'],
    ['a CDATA section', '<a><![CDATA[b]]></a>'],
    ['a document type', '<!DOCTYPE a><a></a>'],
    ['an empty tag', '<a/>'],
    ['single quotes', "<a b='c'></a>"],
    ['space in a tag', '<a ></a>'],
    ['space in an end tag', '<a></a >'],
    ['two spaces before an attribute', '<a  b="c"></a>'],
    ['an attribute twice', '<a b="c" b="c"></a>'],
    ['an attribute twice by two prefixes', '<a xmlns:x="urn:x" xmlns:y="urn:x" x:b="c" y:b="c"></a>'],
    ['a declaration after an attribute', '<a b="c" xmlns:d="urn:d"></a>'],
    ['a prefix that is not declared', '<b:a></b:a>'],
    ['a prefix of an attribute that is not declared', '<a b:c="d"></a>'],
    ['a prefix declared twice', '<a xmlns:b="urn:b" xmlns:b="urn:c"></a>'],
    ['two colons', '<a xmlns:b="urn:b"><b:c:d></b:c:d></a>'],
    ['the prefix xml taken over', '<a xmlns:xml="urn:x"></a>'],
    ['a namespace that is not absolute', '<a xmlns:b="c"></a>'],
    ['a namespace taken back', '<a xmlns="urn:a"><b xmlns=""></b></a>'],
    ['a namespace that needs escaping', '<a xmlns="urn:a&amp;b"></a>'],
    ['a reference to a character', '<a>&#65;</a>'],
    ['a reference to nothing', '<a>&b;</a>'],
    ['half a reference', '<a>&amp</a>'],
    ['another end tag', '<a></b>'],
    ['no end tag', '<a>'],
    ['text after the end', '<a></a>b'],
    ['two roots', '<a></a><b></b>'],
    ['nothing', ''],
    ['a nesting without end', '<a>'.repeat(41) + '</a>'.repeat(41)],
  ]
  test.each(refused)('is refused with %s', (_what, text) => {
    expect(() => readCanonicalText(text)).toThrow(/canonical|absolute|declared|name of|nested/)
  })

  test('is read with each name as it stands there, however many siblings have others of the same length', () => {
    const names = Array.from({ length: 200 }, (_, index) => `n${String(index % 90).padStart(3, '0')}`)
    const text = `<a>${names.map((name) => `<${name}></${name}>`).join('')}</a>`
    expect(readCanonicalText(text).children.map(({ name }) => name)).toEqual(names)
  })

  test('is read without what stands beside the root', () => {
    expect(readCanonicalText('<?a b?>\n<?c?>\n<d>e</d>\n<?f?>')).toMatchObject({ name: 'd', text: 'e' })
  })
})
