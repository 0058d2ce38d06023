import { type Material, written } from '../shapes/shape.ts'

const pretty = (xml: string): string => xml.replace(/>(?=<[^/])/g, '>\n').replace(/(<\/[^>]+>)(?=<\/)/g, '$1\n')

/** Documents to start from: good ones, of different make. */
export const accepted: ((material: Material) => string)[] = [
  written({ sign: 'assertion' }),
  written({ sign: 'response' }),
  written({ sign: 'both' }),
  written({ sign: 'both', style: pretty, signing: () => ({ between: '\n', keyInfo: 'none' }) }),
  written({ sign: 'assertion', signing: () => ({ prefix: '', prefixList: 'saml samlp' }) }),
]
