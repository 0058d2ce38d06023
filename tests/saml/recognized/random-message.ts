import { kinds, mutate } from '../fuzz/mutations.ts'
import { randomFrom } from '../random-xml.ts'

type Random = () => number

const pick = <T>(random: Random, from: readonly T[]): T => {
  const picked = from[Math.floor(random() * from.length)]
  if (picked === undefined) throw new Error('nothing to pick from')
  return picked
}

const words = (text: string): string[] => text.split(' ')

/** Of what values of every type are made, and what is next to it. */
const fragments = [
  words('2026 1999 0000 20261 -2026 02 29 30 31 12 13 24 59 60 - : T Z .5 .0000000000001 +00:00 +14:00 z t'),
  words('2026-02-28T23:59:59Z 2024-02-29T00:00:00Z 2026-02-29T12:00:00Z 2026-04-31T00:00:00Z 2026-01-01T24:00:00Z'),
  words('urn:x http:// https://a.example // /a/b ?c=d #e %20 %2 %zz [ ::1] | \\ ^ {'),
  words('_a a B 9 . x:y é ü 😀 · \u0301 \u0085 \u00a0 \ufeff \ufffe'),
  words('AAAA AA== AAA= AB== A = + 1 -1 +1 01 1e3 true false NaN 18446744073709551616'),
  words('&#13; &#xD; &#10; &#9; &#32; &#x20; &#xFFFE; &#0; &#x110000; &#38; &#60; &#x3C; &#; &#x; &#65'),
  words('&amp; &lt; &gt; &quot; &apos; &amp;lt; &nbsp; & > ]]> ]] \' " <'),
  words('xs:string xsd:string string xs:dateTime saml:NameIDType'),
  [' ', '  ', '\n', '\t', '\r', '\r\n', '', 'saml samlp'],
].flat()

const names = [
  'ID',
  'Id',
  'Name',
  'NameFormat',
  'Format',
  'x:extra',
  'xml:lang',
  'xmlns:x',
  'xmlns:saml',
  'xmlns',
  'xsi:type',
  'xsi:nil',
]
const namespaces = [
  'urn:x',
  'urn:x',
  'http://x.example/',
  'http://www.w3.org/2001/XMLSchema',
  'relative',
  'urn:a b',
  'http://[',
  'urn:é',
  '',
]

const fragment = (random: Random): string =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, fragments)).join('')

/** A value in its place: another one, or the same with something in it. */
function another(random: Random, value: string): string {
  if (random() < 0.35) return fragment(random)
  const at = Math.floor(random() * (value.length + 1))
  return value.slice(0, at) + pick(random, fragments) + value.slice(at + (random() < 0.4 ? 1 : 0))
}

const space = (random: Random): string => pick(random, [' ', ' ', ' ', '  ', '\n', '\t', '\r\n', ''])

/** Characters written as references, which are the same characters. */
const referred = (random: Random, text: string): string =>
  text.replace(/[A-Za-z0-9/:.=_-]/g, (character) =>
    random() < 0.03
      ? pick(random, [`&#${character.charCodeAt(0)};`, `&#x${character.charCodeAt(0).toString(16)};`])
      : character,
  )

type Attribute = [name: string, value: string]

/** The tag as somebody else would write it: the same, unless something of it is changed. */
function respellTag(random: Random, tag: string): string {
  const [, name = '', inside = '', slash = ''] =
    /^<([^\s<>/]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)\s*(\/?)>$/s.exec(tag) ?? []
  if (name === '') return tag
  const attributes = [...inside.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gs)].map(
    ([, named = '', one, other]): Attribute => [named, one ?? other ?? ''],
  )
  if (random() < 0.4) attributes.sort(() => random() - 0.5)
  // Two namespaces whose prefixes sort the other way round.
  if (random() < 0.04) attributes.push(['xmlns:p', 'urn:z'], ['xmlns:q', 'urn:a'], ['p:a', '1'], ['q:b', '2'])
  if (random() < 0.1) {
    const added = pick(random, names)
    attributes.push([added, added.startsWith('xmlns') ? pick(random, namespaces) : fragment(random)])
  }
  if (random() < 0.08) attributes.splice(Math.floor(random() * attributes.length), 1)
  const changed = random() < 0.45 ? Math.floor(random() * attributes.length) : -1
  const written = attributes.map(([named, value], index) => {
    const next = index === changed ? another(random, value) : random() < 0.2 ? referred(random, value) : value
    const mark = next.includes('"') || (random() < 0.15 && !next.includes("'")) ? "'" : '"'
    const equals = random() < 0.05 ? `${space(random)}=${space(random)}` : '='
    return `${random() < 0.15 ? space(random) : ' '}${named}${equals}${mark}${next}${mark}`
  })
  return `<${name}${written.join('')}${random() < 0.1 ? space(random) : ''}${slash}>`
}

const tags = /<[^\s<>/!?](?:[^<>"']|"[^"]*"|'[^']*')*>/g
const texts = /(?<=>)[^<]+(?=<)/g

function changeOne(random: Random, xml: string, pattern: RegExp, by: (found: string) => string): string {
  const all = [...xml.matchAll(pattern)]
  const found = all[Math.floor(random() * all.length)]
  return found === undefined ? xml : xml.slice(0, found.index) + by(found[0]) + xml.slice(found.index + found[0].length)
}

const emptied = (random: Random, xml: string): string =>
  xml.replace(/(<([^\s<>/]+)(?:\s[^<>]*)?)><\/\2>/g, (whole, start: string) =>
    random() < 0.5 ? `${start}${space(random)}/>` : whole,
  )

type Change = (random: Random, xml: string) => string

const changes: readonly Change[] = [
  (random, xml) => changeOne(random, xml, tags, (tag) => respellTag(random, tag)),
  (random, xml) => changeOne(random, xml, tags, (tag) => respellTag(random, tag)),
  (random, xml) => xml.replace(tags, (tag) => (random() < 0.2 ? respellTag(random, tag) : tag)),
  (random, xml) => changeOne(random, xml, texts, (text) => another(random, text)),
  (random, xml) => changeOne(random, xml, texts, (text) => referred(random, text)),
  (random, xml) =>
    changeOne(random, xml, /></g, () => `>${pick(random, ['\n', ' ', '\t', 'x', '\r\n', '&#10;', '\u00a0'])}<`),
  (random, xml) => changeOne(random, xml, /<\/[^>]+>/g, (tag) => tag.replace('>', () => `${space(random)}>`)),
  (random, xml) => `${pick(random, ['', ' ', '\n', '\ufeff'])}${xml}${pick(random, ['', ' ', '\n', 'x'])}`,
  emptied,
  // Without its content.
  (random, xml) => {
    const all = [...xml.matchAll(/<([\w:]+)[^<>]*>/g)]
    const name = all.length === 0 ? 'x' : pick(random, all)[1]
    return changeOne(random, xml, new RegExp(`(?<=<${name}(?:\\s[^<>]*)?>)[\\s\\S]*?(?=</${name}>)`, 'g'), () => '')
  },
  (random, xml) => {
    const number = (): number => Math.floor(random() * 0x7fffffff)
    return mutate(xml, [{ kind: pick(random, kinds), at: number(), to: number(), what: number() }])
  },
  (random, xml) =>
    changeOne(random, xml, /[\s\S]/g, (character) => pick(random, ['', character + character, ...fragments])),
]

/** The seed's message: one of these documents, written another way, or changed, one to three times. */
export function randomMessage(documents: readonly string[], seed: number): string {
  const random = randomFrom(seed)
  let xml = pick(random, documents)
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) xml = pick(random, changes)(random, xml)
  return xml
}
