import * as fc from 'fast-check'
import { elements, names, namespaces, texts, values } from './snippets.ts'

/** One change. The numbers choose where and what, each within what there is. */
export type Mutation = { kind: keyof typeof changesByKind; at: number; to: number; what: number }

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]

/** The spans of all elements, as far as the text is well-formed. */
function elementsOf(xml: string): [start: number, end: number][] {
  const open: { name: string; start: number }[] = []
  const spans: [number, number][] = []
  for (const tag of xml.matchAll(/<(\/?)([^\s<>/!?]+)[^<>]*?(\/?)>/g)) {
    const [whole, closes, name = '', empty] = tag
    const end = tag.index + whole.length
    if (closes === '/') {
      const top = open.pop()
      if (top?.name === name) spans.push([top.start, end])
    } else if (empty === '/') spans.push([tag.index, end])
    else open.push({ name, start: tag.index })
  }
  return spans
}

type Span = [start: number, end: number]
const spansOf = (xml: string, pattern: RegExp): Span[] =>
  [...xml.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length])
const attributesOf = (xml: string): Span[] => spansOf(xml, /\s[^\s<>/="']+=(?:"[^"<]*"|'[^'<]*')/g)
const declarationsOf = (xml: string): Span[] => spansOf(xml, /\sxmlns(?::[^\s="']+)?="[^"]*"/g)
const textsOf = (xml: string): Span[] => spansOf(xml, /(?<=>)[^<>]+(?=<)/g)
const algorithmsOf = (xml: string): Span[] => spansOf(xml, /(?<=(?:Algorithm|URI)=")[^"]*(?=")/g)
const signaturesOf = (xml: string): Span[] => spansOf(xml, /<(?:\w+:)?Signature .*?<\/(?:\w+:)?Signature>/gs)

const replace = (xml: string, [start, end]: Span, by: string): string => xml.slice(0, start) + by + xml.slice(end)
const textAt = (xml: string, [start, end]: Span): string => xml.slice(start, end)

/** Changes one of the spans; nothing when there is none. */
function change(xml: string, spans: Span[], n: number, by: (text: string) => string): string {
  const span = pick(spans, n)
  return span === undefined ? xml : replace(xml, span, by(textAt(xml, span)))
}

type Change = (xml: string, mutation: Mutation) => string

const changesByKind = {
  'character changed': (xml, { at, what }) =>
    xml.slice(0, at % xml.length) + String.fromCharCode(what % 0x180) + xml.slice((at % xml.length) + 1),
  'character left out': (xml, { at }) => xml.slice(0, at % xml.length) + xml.slice((at % xml.length) + 1),
  'characters left out': (xml, { at, to }) => replace(xml, [at % xml.length, (at % xml.length) + (to % 200)], ''),
  'characters repeated': (xml, { at, to }) => {
    const start = at % xml.length
    return replace(xml, [start, start], xml.slice(start, start + (to % 200)))
  },
  'text put in': (xml, { at, what }) => replace(xml, [at % xml.length, at % xml.length], pick(texts, what) ?? ''),
  'element left out': (xml, { at }) => change(xml, elementsOf(xml), at, () => ''),
  'element repeated': (xml, { at }) => change(xml, elementsOf(xml), at, (text) => text + text),
  'element moved': (xml, { at, to }) => {
    const spans = elementsOf(xml)
    const [from, target] = [pick(spans, at), pick(spans, to)]
    if (from === undefined || target === undefined) return xml
    const moved = textAt(xml, from)
    const [position] = target
    return position <= from[0]
      ? replace(replace(xml, from, ''), [position, position], moved)
      : replace(replace(xml, [position, position], moved), from, '')
  },
  'element put into another': (xml, { at, to }) => {
    const spans = elementsOf(xml)
    const from = pick(spans, at)
    return from === undefined ? xml : change(xml, spans, to, (text) => text.replace('>', () => `>${textAt(xml, from)}`))
  },
  'element wrapped': (xml, { at, what }) => {
    const name = pick(elements, what)
    return change(xml, elementsOf(xml), at, (text) => `<${name} xmlns:x="urn:x">${text}</${name}>`)
  },
  'element renamed': (xml, { at, what }) => {
    const name = pick(elements, what) ?? 'x'
    return change(xml, elementsOf(xml), at, (text) =>
      text.replace(/^<[^\s<>/]+/, `<${name}`).replace(/<\/[^\s<>/]+>$/, `</${name}>`),
    )
  },
  'content changed': (xml, { at, what }) => change(xml, textsOf(xml), at, () => pick(texts, what) ?? ''),
  'content extended': (xml, { at, what }) => change(xml, textsOf(xml), at, (text) => text + pick(texts, what)),
  'content of another element': (xml, { at, to }) => {
    const other = pick(textsOf(xml), to)
    return other === undefined ? xml : change(xml, textsOf(xml), at, () => textAt(xml, other))
  },
  'attribute left out': (xml, { at }) => change(xml, attributesOf(xml), at, () => ''),
  'attribute repeated': (xml, { at }) => change(xml, attributesOf(xml), at, (text) => text + text),
  'attribute changed': (xml, { at, what }) =>
    change(xml, attributesOf(xml), at, (text) => text.replace(/=.*$/s, () => `="${pick(values, what)}"`)),
  'attribute renamed': (xml, { at, what }) =>
    change(xml, attributesOf(xml), at, (text) => text.replace(/^\s[^=]+/, () => ` ${pick(names, what)}`)),
  'attribute put in': (xml, { at, to, what }) =>
    change(xml, elementsOf(xml), at, (text) =>
      text.replace(/^<[^\s<>/]+/, (start) => `${start} ${pick(names, to)}="${pick(values, what)}"`),
    ),
  'namespace changed': (xml, { at, what }) =>
    change(xml, declarationsOf(xml), at, (text) => text.replace(/=.*$/s, () => `="${pick(namespaces, what)}"`)),
  'namespace left out': (xml, { at }) => change(xml, declarationsOf(xml), at, () => ''),
  'namespace put in': (xml, { at, to, what }) =>
    change(xml, elementsOf(xml), at, (text) =>
      text.replace(
        /^<[^\s<>/]+/,
        (start) =>
          `${start} ${pick(['xmlns', 'xmlns:saml', 'xmlns:ds', 'xmlns:x', 'xmlns:__proto__'], to)}="${pick(namespaces, what)}"`,
      ),
    ),
  'algorithm or reference changed': (xml, { at, what }) =>
    change(xml, algorithmsOf(xml), at, () => pick(values, what) ?? ''),
  'signature left out': (xml, { at }) => change(xml, signaturesOf(xml), at, () => ''),
  'signature in another place': (xml, { at, to }) => {
    const signature = pick(signaturesOf(xml), at)
    if (signature === undefined) return xml
    const rest = replace(xml, signature, '')
    return change(rest, elementsOf(rest), to, (text) => text.replace('>', () => `>${textAt(xml, signature)}`))
  },
  'Base64 changed': (xml, { at, what }) =>
    change(xml, spansOf(xml, /(?<=>)[A-Za-z0-9+/]{40,}={0,2}(?=<)/g), at, (text) => {
      const index = what % text.length
      return `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`
    }),
} satisfies Record<string, Change>

export const kinds = Object.keys(changesByKind) as (keyof typeof changesByKind)[]

/** One to three changes. Fast-check makes the numbers smaller, and the changes fewer, until it fails no more. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(),
    to: fc.nat(),
    what: fc.nat(),
  }),
  { minLength: 1, maxLength: 3 },
)

export const mutate = (xml: string, changes: readonly Mutation[]): string =>
  changes.reduce((text, mutation) => (text === '' ? text : changesByKind[mutation.kind](text, mutation)), xml)
