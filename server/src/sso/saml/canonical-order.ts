/** An attribute, or the declaration of a namespace, that is to be written. */
export type WrittenAttribute = {
  readonly name: string
  /** As canonical form writes it. */
  readonly value: string
  /** Of an attribute with a prefix. */
  namespace: string
  /** The text has it in canonical form already. */
  readonly asItWas: boolean
}

/** Such names are for XML itself: declarations of namespaces, which we know, and others, which we do not. */
export const isReserved = (name: string): boolean => (name.charCodeAt(0) | 0x20) === 0x78 && /^xml/i.test(name)

type Order = (one: WrittenAttribute, other: WrittenAttribute) => number

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Declarations: the default namespace, then by prefix (Canonical XML 1.0, 2.2). */
export const byName: Order = (one, other) => compare(one.name, other.name)

/** Attributes: by namespace, of which none is the first, and then by local name (the same). */
export const byNamespace: Order = (one, other) =>
  compare(one.namespace, other.namespace) || compare(localName(one.name), localName(other.name))

/** True when they are in order already, as few identity providers leave them otherwise. */
export const isSorted = (attributes: readonly WrittenAttribute[], order: Order): boolean =>
  attributes.every((attribute, index) => {
    const before = attributes[index - 1]
    return before === undefined || order(before, attribute) < 0
  })

/** True when there is nothing to arrange: no namespaces, and the names in order. */
export function areInOrder(attributes: readonly WrittenAttribute[]): boolean {
  let before = ''
  for (const { name } of attributes) {
    if (name <= before || name.includes(':') || isReserved(name)) return false
    before = name
  }
  return true
}
