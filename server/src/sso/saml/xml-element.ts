/** An element as we read it: names are always a namespace and a local name, never a prefix. */
export type Xml = {
  readonly namespace: string
  readonly name: string
  /** Both in one, as `{namespace}name`. */
  readonly fullName: string
  /** By local name for attributes without a namespace, else by `{namespace}local`. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Xml[]
  /** The text directly in the element, as one string. */
  readonly text: string
}

/** The text is no XML document that we read, or does not follow the schema; the message is the parser's. */
export class XmlProblem extends Error {}

/** The element and everything under it, in document order. */
export function* everyElement(element: Xml): Generator<Xml> {
  yield element
  for (const child of element.children) yield* everyElement(child)
}

/** The children of that name. */
export const childrenOf = <Element extends Xml>(
  { children }: { readonly children: readonly Element[] },
  namespace: string,
  name: string,
): Element[] => children.filter((child) => child.name === name && child.namespace === namespace)

/** The first child of that name; null when there is none. */
export const childOf = <Element extends Xml>(
  { children }: { readonly children: readonly Element[] },
  namespace: string,
  name: string,
): Element | null => children.find((child) => child.name === name && child.namespace === namespace) ?? null
