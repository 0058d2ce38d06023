const attributesOfOne = 64
const namespacesInScope = 64

/** How often it occurs. */
export function count(text: string, wanted: string): number {
  let found = 0
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) found++
  return found
}

/** What follows `<` in a start tag: name, attributes, and the slash of an empty element. */
const startTag = /^([^\s"'<>/=?]+)((?:\s+[^\s"'<>/=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/

/**
 * What makes canonicalization slow: many attributes of one element, which are sorted, and many namespaces that hold at
 * one place, which are looked up at each element. In well-formed XML each `<` begins a tag; what is not well-formed the
 * parser refuses before anything else happens.
 */
export function findCrowded(text: string): string | null {
  // So few can crowd nothing, and most documents have fewer.
  if (count(text, '=') <= 2 * attributesOfOne) return null
  const inScope = [0]
  for (const piece of text.split('<')) {
    if (piece.startsWith('/')) inScope.pop()
    const tag = startTag.exec(piece)
    if (tag === null) continue
    const [, , attributes = '', slash] = tag
    if ((attributes.match(/=\s*["']/g)?.length ?? 0) > attributesOfOne)
      return `${attributesOfOne} attributes of one element`
    const held = (inScope.at(-1) ?? 0) + (attributes.match(/\sxmlns\b/g)?.length ?? 0)
    if (held > namespacesInScope) return `${namespacesInScope} namespaces in one place`
    if (slash === '') inScope.push(held)
  }
  return null
}
