import { type KeyObject, X509Certificate } from 'node:crypto'
import type { GraphqlClient } from './graphql-client.ts'

export type SpCertificate = {
  id: string
  use: 'SIGNING' | 'ENCRYPTION'
  state: 'CURRENT' | 'NEXT' | 'PREVIOUS'
  pem: string
  fingerprintSha256: string
  notAfter: string
  createdAt: string
  retiredAt: string | null
}

const selection = 'spCertificates { id use state pem fingerprintSha256 notAfter createdAt retiredAt }'

export async function spCertificates(by: GraphqlClient, connectionId: string): Promise<SpCertificate[]> {
  const { node } = await by.run<{ node: { spCertificates: SpCertificate[] } }>(
    `query($id: ID!) { node(id: $id) { ... on SamlConnection { ${selection} } } }`,
    { id: connectionId },
  )
  return node.spCertificates
}

const rotation = 'mutation($input: RotateSpKeyInput!) { rotateSpKey(input: $input) { connection { id } } }'
const deletion = 'mutation($input: DeleteSpKeyInput!) { deleteSpKey(input: $input) { connection { id } } }'

export const rotateSpKey = (by: GraphqlClient, connectionId: string, use: SpCertificate['use']): Promise<string> =>
  by.codeOf(rotation, { input: { connectionId, use } })

export const deleteSpKey = (by: GraphqlClient, keyId: string): Promise<string> =>
  by.codeOf(deletion, { input: { keyId } })

/** Our metadata, as an identity provider fetches it. */
export async function fetchSpMetadata(origin: string, connectionId: string, query = ''): Promise<string> {
  const response = await fetch(`${origin}/sso/${connectionId}/metadata${query}`)
  if (response.status !== 200) throw new Error(`no metadata: ${response.status}`)
  return response.text()
}

/** The certificates in metadata for one use. */
export function certificatesIn(metadata: string, use: 'signing' | 'encryption'): X509Certificate[] {
  const descriptors = metadata.match(new RegExp(`<md:KeyDescriptor use="${use}">.*?</md:KeyDescriptor>`, 'g')) ?? []
  return descriptors.map((xml) => {
    const [, base64 = ''] = /<ds:X509Certificate>([^<]+)</.exec(xml) ?? []
    return new X509Certificate(Buffer.from(base64, 'base64'))
  })
}

/** What an identity provider that read our metadata encrypts for. */
export async function encryptionKeyOf(origin: string, connectionId: string): Promise<KeyObject> {
  const [certificate] = certificatesIn(await fetchSpMetadata(origin, connectionId), 'encryption')
  if (certificate === undefined) throw new Error('the metadata names no key to encrypt for')
  return certificate.publicKey
}
