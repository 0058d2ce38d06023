import type { Scene } from './scene.ts'

/** Something put into the genuine response, or around it. */
export const inName = (text: string) => (s: Scene) => s.genuine.replace('>ada<', `>${text}<`)
export const inEmail = (text: string) => (s: Scene) => s.genuine.replace('ada@', `${text}@`)
export const declared =
  (subset: string, use = 'ada') =>
  (s: Scene) =>
    `<!DOCTYPE x [${subset}]>${s.genuine.replace('>ada<', `>${use}<`)}`
/** In the unsigned response, where nothing but our limits protects us. */
export const inResponse = (content: string) => (s: Scene) => s.respond(content)
export const inValue = (content: string) => (s: Scene) =>
  s.respond(s.forged.replace('<saml:AttributeValue>', `<saml:AttributeValue>${content}`))
export const inStatement = (content: string) => (s: Scene) =>
  s.genuine.replace('</saml:AttributeStatement>', `${content}</saml:AttributeStatement>`)
export const many = (n: number, make: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('')
