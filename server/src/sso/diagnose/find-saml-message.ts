import { inflateRawSync } from 'node:zlib'

/** A SAML message out of whatever it was copied with. `deflated`: as in an address (Bindings 3.4.4.1). */
export type SamlMessage = { parameter: 'SAMLResponse' | 'SAMLRequest'; xml: string; deflated: boolean }

const longestXml = 1024 * 1024
/** Of what may be a message so many are looked into, the last ones: each costs, and a text may hold ten thousand. */
const mostTried = 200

const isXml = (text: string): boolean => /^\uFEFF?\s*</.test(text)

function unescapePercent(text: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Base64 of XML, deflated or not, with or without the encoding of a form; null when it is none. */
export function decodeXml(value: string): { xml: string; deflated: boolean } | null {
  const base64 = unescapePercent(value.trim()).replace(/\s/g, '').replace(/-/g, '+').replace(/_/g, '/')
  if (base64.length < 16 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  const bytes = Buffer.from(base64, 'base64')
  const plain = bytes.toString('utf8')
  if (isXml(plain)) return { xml: plain, deflated: false }
  try {
    const inflated = inflateRawSync(bytes, { maxOutputLength: longestXml }).toString('utf8')
    return isXml(inflated) ? { xml: inflated, deflated: true } : null
  } catch {
    return null
  }
}

const entities: Record<string, string> = { '&#43;': '+', '&#x2b;': '+', '&#61;': '=', '&#x3d;': '=', '&#x2f;': '/' }

/** Values of the parameter in a form's body, an address, a form's HTML, and exports of browsers and SAML-tracer. */
function valuesOf(text: string, parameter: string): string[] {
  const value = '([A-Za-z0-9+/=_%\\-\\r\\n]{16,})'
  // Every repetition but that of the value itself is bounded, so that no text keeps us busy.
  const space = '\\s{0,20}'
  const patterns = [
    new RegExp(`\\b${parameter}=${value}`, 'g'),
    new RegExp(`\\b${parameter}["']?${space}[:,]${space}\\[?${space}["']${value}`, 'g'),
    new RegExp(`name=["']${parameter}["'][^>]{0,300}?\\bvalue=["']${value}`, 'gi'),
    new RegExp(`\\bvalue=["']${value}["'][^>]{0,300}?name=["']${parameter}["']`, 'gi'),
    new RegExp(
      `["']name["']${space}:${space}["']${parameter}["']${space},${space}["']value["']${space}:${space}["']${value}`,
      'g',
    ),
    new RegExp(`\\b${parameter}${space}:?\\s{1,20}${value}`, 'g'),
  ]
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
}

function find(text: string, parameter: SamlMessage['parameter']): SamlMessage | null {
  const plain = text
    .replace(/&#(43|61|x2[bf]|x3d);/gi, (entity) => entities[entity.toLowerCase()] ?? entity)
    // In JSON the line ends of a value are written out.
    .replace(/\\r|\\n/g, '')
    .replace(/\\\//g, '/')
  for (const value of valuesOf(plain, parameter).reverse().slice(0, mostTried)) {
    const decoded = decodeXml(value)
    if (decoded !== null) return { parameter, ...decoded }
  }
  return null
}

/** The last message under that name in the text: an export holds a whole visit, and its end is what matters. */
export const findSamlMessage = (text: string, parameter: SamlMessage['parameter']): SamlMessage | null =>
  text.includes(parameter) ? find(text, parameter) : null

/** XML that stands in JSON as a text, as SAML-tracer exports the messages it has read; the last one first. */
export function findXmlInJson(text: string): string[] {
  if (!/^[[{]/.test(text)) return []
  let left: unknown[]
  try {
    left = [JSON.parse(text)]
  } catch {
    return []
  }
  const found: string[] = []
  // Without recursion: the nesting is the author's.
  while (left.length > 0 && found.length < mostTried) {
    const value = left.pop()
    if (typeof value === 'string' && /^\s*</.test(value)) found.push(value)
    else if (typeof value === 'object' && value !== null) left.push(...Object.values(value).slice(0, 10_000))
  }
  return found
}
