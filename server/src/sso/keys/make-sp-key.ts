import 'reflect-metadata'
import { KeyObject, randomBytes, webcrypto } from 'node:crypto'
import { KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509'
import type { RequestContext } from '../../access/request-context.ts'
import { days, plus } from '../../core/clock.ts'
import { createId } from '../../core/ids.ts'
import { seal } from '../../core/sealed-box.ts'
import { type SpKeyRow, type SpKeyUse, spKeyPlace } from './sp-key.store.ts'

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

/**
 * Long, because SAML trusts the key and not the certificate around it (Metadata 2.4.1.1), and somebody at the identity
 * provider has to carry each new one over by hand.
 */
const lifetime = days(3650)
/** An identity provider's clock may be behind ours. */
const backdated = days(1)

const usages = { signing: KeyUsageFlags.digitalSignature, encryption: KeyUsageFlags.keyEncipherment }

/** A new RSA key with a self-signed certificate, its private half sealed. It is stored by the caller. */
export async function makeSpKey(
  { clock, keyRing }: Pick<RequestContext, 'clock' | 'keyRing'>,
  connectionId: string,
  use: SpKeyUse,
): Promise<SpKeyRow> {
  const now = clock.now()
  const id = createId('key', now)
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      // 121 bits, positive (RFC 5280, 4.1.2.2).
      serialNumber: `01${randomBytes(15).toString('hex')}`,
      name: `CN=Gatehouse ${use} ${connectionId}`,
      notBefore: plus(now, -backdated),
      notAfter: plus(now, lifetime),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new KeyUsagesExtension(usages[use], true)],
    },
    webcrypto as unknown as Crypto,
  )
  const privateKey = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    id,
    connectionId,
    use,
    certificate: `${certificate.toString('pem')}\n`,
    sealedPrivateKey: seal(keyRing, privateKey, spKeyPlace(id)),
    createdAt: now,
    retiredAt: null,
  }
}
