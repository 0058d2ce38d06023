const attributesOfOne = 64
const namespacesInScope = 64
/** At each element all that hold there are looked for, one after the other: ten million take a twentieth of a second. */
const lookUps = 10_000_000

/** How often it occurs. */
export function count(text: string, wanted: string): number {
  let found = 0
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) found++
  return found
}

/**
 * What follows `<` in a start tag: name, attributes, and the slash of an empty element. White space is XML's own: what
 * else is white to JavaScript may stand in a name (U+1680).
 */
const startTag =
  /^([^ \t\r\n"'<>/=?]+)((?:[ \t\r\n]+[^ \t\r\n"'<>/=]+[ \t\r\n]*=[ \t\r\n]*(?:"[^"]*"|'[^']*'))*)[ \t\r\n]*(\/?)>/

/** What holds no tags, whatever it looks like inside: comments, CDATA sections, processing instructions. */
const asides = [
  { opening: '<!--', closing: '-->' },
  { opening: '<![CDATA[', closing: ']]>' },
  { opening: '<?', closing: '?>' },
]

/** One pass. What is not closed the parser refuses, so that it may be left out with all that follows. */
function withoutAsides(text: string): string {
  if (!text.includes('<!') && !text.includes('<?')) return text
  let kept = ''
  let from = 0
  let at = text.indexOf('<')
  while (at !== -1) {
    const start = at
    const aside = asides.find(({ opening }) => text.startsWith(opening, start))
    if (aside === undefined) {
      at = text.indexOf('<', at + 1)
      continue
    }
    kept += text.slice(from, at)
    const end = text.indexOf(aside.closing, at + aside.opening.length)
    if (end === -1) return kept
    from = end + aside.closing.length
    at = text.indexOf('<', from)
  }
  return kept + text.slice(from)
}

/**
 * What makes canonicalization slow: many attributes of one element, which are sorted, and many namespaces that hold at
 * one place, which are looked up at each element. In well-formed XML each `<` begins a tag; what is not well-formed the
 * parser refuses before anything else happens.
 */
export function findCrowded(text: string): string | null {
  // So few can crowd nothing, and most documents have fewer.
  const most = count(text, '=')
  if (most <= 2 * attributesOfOne && Math.min(most, namespacesInScope) ** 2 * count(text, '<') <= lookUps) return null
  const inScope = [0]
  let lookedUp = 0
  for (const piece of withoutAsides(text).split('<')) {
    if (piece.startsWith('/')) inScope.pop()
    const tag = startTag.exec(piece)
    if (tag === null) continue
    const [, , attributes = '', slash] = tag
    if ((attributes.match(/=\s*["']/g)?.length ?? 0) > attributesOfOne)
      return `${attributesOfOne} attributes of one element`
    const held = (inScope.at(-1) ?? 0) + (attributes.match(/[ \t\r\n]xmlns[:= \t\r\n]/g)?.length ?? 0)
    lookedUp += held ** 2
    if (lookedUp > lookUps) return `${lookUps} namespaces to look up`
    if (held > namespacesInScope) return `${namespacesInScope} namespaces in one place`
    if (slash === '') inScope.push(held)
  }
  return null
}
