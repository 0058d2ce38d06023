import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

/** How many fields a small document has at most: the console's page of members has 110. */
export const mostOfSmall = 150

/** True when the document selects at most `mostOfSmall` fields, each fragment counted wherever it is spread. */
export function isSmall(document: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  let left = mostOfSmall
  // Fragments in fragments may select more than anybody can count: it stops where it knows.
  const count = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      left--
      if (left < 0) return
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD
      count(isSpread ? fragments.get(selection.name.value)?.selectionSet : selection.selectionSet)
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) count(definition.selectionSet)
  }
  return left >= 0
}
