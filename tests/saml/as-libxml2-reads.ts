import { XmlCData, XmlElement, XmlText } from 'libxml2-wasm'
import type { Xml } from '../../server/src/sso/saml/xml-element.ts'

type Plain = { name: string; attributes: [string, string][]; children: Plain[]; text: string }

const sorted = (attributes: [string, string][]): [string, string][] =>
  attributes.sort(([one], [other]) => (one < other ? -1 : 1))

/** What we read, without where it stood. */
export const plain = ({ fullName, attributes, children, text }: Xml): Plain => ({
  name: fullName,
  attributes: sorted([...attributes]),
  children: children.map(plain),
  text,
})

/** What libxml2 says, asked node by node. */
export function read(element: XmlElement): Plain {
  const children: Plain[] = []
  let text = ''
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(read(node))
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content
  }
  const attributes = element.attrs.map(({ namespaceUri, name, value }): [string, string] => [
    namespaceUri === '' ? name : `{${namespaceUri}}${name}`,
    value,
  ])
  return { name: `{${element.namespaceUri}}${element.name}`, attributes: sorted(attributes), children, text }
}

/** All elements under one, and it, in document order, as both sides have them. */
export const every = <Element extends Xml>(element: Element): Element[] => [
  element,
  ...element.children.flatMap((child) => every(child as Element)),
]
export function everyNode(element: XmlElement): XmlElement[] {
  const found = [element]
  for (let node = element.firstChild; node !== null; node = node.next)
    if (node instanceof XmlElement) found.push(...everyNode(node))
  return found
}
