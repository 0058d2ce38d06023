/**
 * What may stand in a document (XML 1.0, 2.2), but for carriage returns: how those are read depends on what follows them.
 * Half a surrogate pair is no character.
 */
const characters = /^[\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
const beyondAscii = /[^\t\n\x20-\x7e]/

/** True when there is nothing in the text but characters that are read as they are. */
export const isPlain = (text: string): boolean => !beyondAscii.test(text) || characters.test(text)

const reference = /&(?:#(\d{1,7})|#x([\dA-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&/g
const predefined = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const isCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff)

/** Text with its references to characters replaced by those (XML 1.0, 4.1, 4.6); null where one is no such reference. */
export function withoutReferences(raw: string): string | null {
  let sure = true
  const value = raw.replace(reference, (_, decimal?: string, hexadecimal?: string, name?: string) => {
    const named = name === undefined ? undefined : predefined.get(name)
    if (named !== undefined) return named
    const code = hexadecimal === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hexadecimal, 16)
    if (isCharacter(code)) return String.fromCodePoint(code)
    sure = false
    return ''
  })
  return sure ? value : null
}

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
])
const escape = (character: string): string => escapes.get(character) ?? character

/** Text as canonical form writes it in content (Canonical XML 1.0, 2.3). */
export const canonicalContent = (text: string): string => text.replace(/[&<>\r]/g, escape)

/** Text as canonical form writes it in an attribute (the same). */
export const canonicalValue = (text: string): string => text.replace(/[&<"\t\n\r]/g, escape)
