import { createTrust } from '../testkit/saml-trust.ts'

export type SignedDocument = {
  title: string
  samlResponse: string
  bytes: number
  signatures: number
}

const microsoft = 'http://schemas.microsoft.com/identity/claims/'
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'
const groupsClaim = 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'
const tenant = '5f0e6a34-8f10-4b8e-9a77-0c1f2d3e4a5b'

const groupId = (number: number): string => `9b2f3c44-1d6e-4f7a-8c90-${number.toString(16).padStart(12, '0')}`

/** The claims that Microsoft Entra sends unless told otherwise, and the person's groups. */
function entraClaims(groups: number): [name: string, ...values: string[]][] {
  const ids = Array.from({ length: groups }, (_, number) => groupId(number))
  return [
    [`${microsoft}tenantid`, tenant],
    [`${microsoft}objectidentifier`, '3d5c9f0e-7a41-4c86-b1de-88f0a2b4c6d8'],
    [`${microsoft}displayname`, 'Ada Lovelace'],
    ...(ids.length === 0 ? [] : [[groupsClaim, ...ids] as [string, ...string[]]]),
    [`${microsoft}identityprovider`, `https://sts.windows.net/${tenant}/`],
    [
      'http://schemas.microsoft.com/claims/authnmethodsreferences',
      'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password',
      'http://schemas.microsoft.com/claims/multipleauthn',
    ],
    [`${claims}givenname`, 'Ada'],
    [`${claims}surname`, 'Lovelace'],
    [`${claims}emailaddress`, 'ada@example.com'],
    [`${claims}name`, 'ada@example.com'],
  ]
}

type Shape = { title: string; sign: 'assertion' | 'both'; groups: number }

const compared: Shape[] = [
  { title: 'assertion signed', sign: 'assertion', groups: 0 },
  { title: 'response and assertion signed', sign: 'both', groups: 0 },
  { title: 'assertion signed, 50 groups', sign: 'assertion', groups: 50 },
  { title: 'assertion signed, 150 groups', sign: 'assertion', groups: 150 },
]

/** Responses in Entra's shape, signed with RSA-2048 and SHA-256, valid from now on; and the trust they fit. */
export async function makeDocuments(now: Date) {
  const { idp, trust, answer } = await createTrust()
  const make = ({ title, sign, groups }: Shape): SignedDocument => {
    const samlResponse = idp.response(answer({ now, sign, attributes: entraClaims(groups) }))
    const bytes = Buffer.from(samlResponse, 'base64').length
    return { title, samlResponse, bytes, signatures: sign === 'both' ? 2 : 1 }
  }
  return {
    idp,
    trust,
    documents: compared.map(make),
    withGroups: (groups: number) => make({ title: `${groups} groups`, sign: 'assertion', groups }),
  }
}
