import { type Shape, written } from './shape.ts'

const renamed =
  (saml: string, samlp: string) =>
  (xml: string): string =>
    xml
      .replace(/(<\/?)saml:/g, saml === '' ? '$1' : `$1${saml}:`)
      .replaceAll('xmlns:saml=', saml === '' ? 'xmlns=' : `xmlns:${saml}=`)
      .replace(/(<\/?)samlp:/g, samlp === '' ? '$1' : `$1${samlp}:`)
      .replaceAll('xmlns:samlp=', samlp === '' ? 'xmlns=' : `xmlns:${samlp}=`)

/** White space wherever there is none of the content. */
const spaced =
  (space: string) =>
  (xml: string): string =>
    xml.replace(/>(?=<[^/])/g, `>${space}`).replace(/(<\/[^>]+>)(?=<\/)/g, `$1${space}`)

const atRoot =
  (...declarations: string[]) =>
  (xml: string): string =>
    xml
      .replaceAll(' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', '')
      .replace(
        /<samlp:Response /,
        `<samlp:Response ${['xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', ...declarations].join(' ')} `,
      )

const short = (xml: string): string => xml.replace(/<([\w:]+)([^<>]*)><\/\1>/g, '<$1$2/>')

const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

const style = (what: string, change: (xml: string) => string): Shape[] =>
  (['assertion', 'both'] as const).map((sign) => ({
    what: `${what}; ${sign} signed`,
    xml: written({ sign, style: change }),
  }))

const after = (what: string, change: (xml: string) => string): Shape => ({
  what,
  xml: written({ sign: 'both', after: change }),
})

/** One document, written down in different ways. */
export const writing: Shape[] = [
  ...style('with the prefixes saml2 and saml2p', renamed('saml2', 'saml2p')),
  ...style('with prefixes that say nothing', renamed('ns0', 'ns1')),
  ...style('with SAML’s namespace as the default', renamed('', 'samlp')),
  ...style('with the protocol’s namespace as the default', renamed('saml', '')),
  ...style('with default namespaces alone', renamed('', '')),
  ...style('with prefixes of any letters', renamed('ä-ö.1', 'Протокол')),
  ...style('with all namespaces declared by the root', atRoot(xs, xsi)),
  ...style('with namespaces that nothing uses', atRoot('xmlns:x="urn:x"', 'xmlns:y="urn:y"')),
  ...style('with empty elements in short', short),
  ...style('with white space between elements', spaced('\n  ')),
  ...style('with tabs and line ends of Windows between elements', spaced('\r\n\t')),
  ...style('with attributes in other order and quotes', (xml) =>
    xml.replace(
      / ID="([^"]+)" IssueInstant="([^"]+)" Version="2.0"/,
      (_, id: string, at: string) => `\n Version='2.0'  IssueInstant='${at}'\tID="${id}" `,
    ),
  ),
  ...style('with characters as references', (xml) => xml.replace('>ada<', '>&#97;&#x64;a<').replace('Ada', 'Ad&#x61;')),
  ...(['ds', 'dsig', ''] as const).flatMap((prefix): Shape[] =>
    (['', '\n'] as const).map((between) => ({
      what: `with the signature’s prefix ${prefix || 'as the default'}${between && ', on several lines'}`,
      xml: written({ sign: 'both', signing: () => ({ prefix, between }) }),
    })),
  ),
  {
    what: 'with default namespaces alone, the signature’s too, pretty printed',
    xml: written({
      sign: 'both',
      style: (xml) => spaced('\n')(renamed('', '')(xml)),
      signing: () => ({ prefix: '', between: '\n' }),
    }),
  },
  after('with an XML declaration', (xml) => `<?xml version="1.0" encoding="UTF-8"?>${xml}`),
  after(
    'with an XML declaration on a line of its own',
    (xml) => `<?xml version='1.0' encoding='utf-8' standalone='no'?>\n${xml}`,
  ),
  after('with an XML declaration that names no encoding', (xml) => `<?xml version="1.0"?>${xml}`),
  after('with an empty line before it', (xml) => `\n${xml}`),
  after('with a line end after it', (xml) => `${xml}\n`),
  ...['saml', 'saml samlp', '#default', 'xs #default', 'xs nowhere'].map(
    (prefixList): Shape => ({
      what: `with the prefixes ${prefixList} kept in the content`,
      xml: written({ sign: 'both', style: atRoot(xs, xsi), signing: () => ({ prefixList }) }),
    }),
  ),
  {
    what: 'with prefixes kept, and the default namespace among them',
    xml: written({ sign: 'both', style: renamed('', ''), signing: () => ({ prefixList: '#default xs' }) }),
  },
  {
    what: 'with prefixes kept in SignedInfo',
    xml: written({ style: atRoot(xs, xsi), signing: () => ({ signedInfoPrefixList: 'xs saml' }) }),
  },
]
