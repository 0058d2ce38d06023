import type { RequestContext } from '../../access/request-context.ts'
import { serviceProviderUrls } from '../saml/service-provider.ts'
import { signMetadata } from '../saml/sign-metadata.ts'
import { spMetadata } from '../saml/sp-metadata.ts'
import { findSamlConnection } from '../sso-connection.store.ts'
import { ensureSpKey } from './ensure-sp-key.ts'
import { openPrivateKey } from './open-private-key.ts'
import { currentKey, publishedKeys, signsMessages } from './sp-key-rules.ts'

/**
 * Our metadata for a connection, for anybody: it is what an identity provider has to know. The first look makes the key
 * that it names for encryption.
 * @param signed with the key that signs requests. Only a connection that has one can do that.
 * @returns null when there is no such connection, or nothing to sign with.
 */
export async function showSpMetadata(
  ctx: RequestContext,
  connectionId: string,
  signed: boolean,
): Promise<string | null> {
  const connection = await findSamlConnection(ctx.db, connectionId)
  if (connection === null) return null
  const decrypting = await ensureSpKey(ctx, connection, 'encryption')
  const rows = signsMessages(connection) ? await ensureSpKey(ctx, connection, 'signing') : decrypting
  const { acsUrl, sloUrl } = serviceProviderUrls(ctx.publicUrl, connection.id)
  const xml = spMetadata({
    ...connection,
    acsUrl,
    sloUrl,
    certificates: publishedKeys(rows).map(({ use, certificate }) => ({ use, pem: certificate })),
  })
  if (!signed) return xml
  const signer = currentKey(rows, 'signing')
  return signer && signMetadata(xml, { key: openPrivateKey(ctx, signer), pem: signer.certificate })
}
