import { isLoopbackHost } from '../../core/loopback.ts'
import { certificateWarnings, type IdpCertificate, parseCertificates } from './certificate.ts'
import { ds, md, redirectBinding, samlp } from './names.ts'
import { withXml } from './xml.ts'
import { childOf, childrenOf, everyElement, type Xml, XmlProblem } from './xml-element.ts'
import { parseXsdDuration } from './xsd-duration.ts'

/** What the dialog needs of an identity provider's metadata. */
export type IdpMetadata = {
  ok: true
  idpEntityId: string
  idpSsoUrl: string
  certificates: IdpCertificate[]
  /** Where LogoutRequests go by HTTP-Redirect; null when it offers that nowhere we may send a browser to. */
  idpSloUrl: string | null
  /** Where LogoutResponses go when that is another address (Metadata 2.2.2). */
  idpSloResponseUrl: string | null
  warnings: string[]
  /** The earliest end of validity that the document states (Metadata 2.3.1, 2.3.2, 2.4.1). */
  validUntil: Date | null
  /** The shortest time that it says it may be kept. */
  cacheMilliseconds: number | null
}

type Unusable = { ok: false; reason: string; message: string }

const unusable = (reason: string, message: string): Unusable => ({ ok: false, reason, message })

const speaksSaml2 = (role: Xml): boolean =>
  (role.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(samlp)

/** Keys without a use are for everything (Metadata 2.4.1.1). */
function signingCertificates(role: Xml): { certificates: IdpCertificate[] } | Unusable {
  const certificates: IdpCertificate[] = []
  for (const descriptor of childrenOf(role, md, 'KeyDescriptor')) {
    if ((descriptor.attributes.get('use') ?? 'signing') !== 'signing') continue
    for (const element of everyElement(descriptor)) {
      if (element.namespace !== ds || element.name !== 'X509Certificate') continue
      const parsed = parseCertificates(element.text)
      if ('problem' in parsed)
        return unusable('CERTIFICATE', `A certificate in the metadata cannot be used. ${parsed.problem.message}`)
      certificates.push(...parsed.certificates)
    }
  }
  const unique = [...new Map(certificates.map((certificate) => [certificate.fingerprintSha256, certificate])).values()]
  return unique.length === 0
    ? unusable('NO_CERTIFICATE', 'The metadata contains no signing certificate.')
    : { certificates: unique }
}

const isUsable = (address: string | undefined): address is string =>
  address !== undefined && URL.canParse(address) && isSafe(new URL(address))
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))

/** Single logout is an extra: an address that cannot be used leaves the rest of the metadata good. */
function logoutUrls(role: Xml): Pick<IdpMetadata, 'idpSloUrl' | 'idpSloResponseUrl'> {
  const service = childrenOf(role, md, 'SingleLogoutService').find(
    (each) => each.attributes.get('Binding') === redirectBinding,
  )
  const location = service?.attributes.get('Location')
  const response = service?.attributes.get('ResponseLocation')
  if (!isUsable(location)) return { idpSloUrl: null, idpSloResponseUrl: null }
  return { idpSloUrl: location, idpSloResponseUrl: isUsable(response) && response !== location ? response : null }
}

const earliest = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values))

/** @param elements the entity, its role, and the list that it stands in. A time that cannot be read counts as past. */
function readValidity(elements: readonly Xml[]): Pick<IdpMetadata, 'validUntil' | 'cacheMilliseconds'> {
  const stated = (name: string) => elements.flatMap((element) => element.attributes.get(name) ?? [])
  const end = earliest(stated('validUntil').map((text) => new Date(text).getTime() || 0))
  return {
    validUntil: end === null ? null : new Date(end),
    cacheMilliseconds: earliest(stated('cacheDuration').flatMap((text) => parseXsdDuration(text) ?? [])),
  }
}

function readEntity(entity: Xml, now: Date, list: readonly Xml[] = []): IdpMetadata | Unusable {
  const roles = childrenOf(entity, md, 'IDPSSODescriptor').filter(speaksSaml2)
  const [role] = roles
  if (role === undefined) {
    return childOf(entity, md, 'SPSSODescriptor') === null
      ? unusable('NO_IDP', 'The metadata describes no identity provider for SAML 2.0.')
      : unusable(
          'SP_METADATA',
          'This is the metadata of an application (service provider), perhaps our own. The identity provider’s is needed.',
        )
  }
  if (roles.length > 1) return unusable('SEVERAL_IDPS', 'The metadata describes several identity providers. Give one.')
  const idpEntityId = entity.attributes.get('entityID') ?? ''
  if (idpEntityId === '') return unusable('NO_ENTITY_ID', 'The metadata does not name its entity ID.')
  const service = childrenOf(role, md, 'SingleSignOnService').find(
    (each) => each.attributes.get('Binding') === redirectBinding,
  )
  const idpSsoUrl = service?.attributes.get('Location') ?? ''
  if (idpSsoUrl === '') {
    return unusable(
      'NO_REDIRECT_BINDING',
      'The metadata offers no single sign-on service with the HTTP-Redirect binding. Switch it on at the identity provider.',
    )
  }
  const keys = signingCertificates(role)
  if ('ok' in keys) return keys
  const validity = readValidity([...list, entity, role])
  if (validity.validUntil !== null && validity.validUntil <= now) {
    return unusable('OUTDATED', `The metadata was valid until ${validity.validUntil.toISOString()}. Download it again.`)
  }
  const warnings = keys.certificates.flatMap((certificate) =>
    certificateWarnings(certificate, now).map((warning) => `${certificate.subject}: ${warning}`),
  )
  const slo = logoutUrls(role)
  return { ok: true, idpEntityId, idpSsoUrl, certificates: keys.certificates, ...slo, warnings, ...validity }
}

function readDocument(root: Xml, now: Date): IdpMetadata | Unusable {
  if (root.namespace === md && root.name === 'EntityDescriptor') return readEntity(root, now)
  if (root.namespace === md && root.name === 'EntitiesDescriptor') {
    const entities = [...everyElement(root)].filter((each) => each.namespace === md && each.name === 'EntityDescriptor')
    const providers = entities.filter((entity) => childOf(entity, md, 'IDPSSODescriptor') !== null)
    const [provider] = providers
    if (provider !== undefined && providers.length === 1) return readEntity(provider, now, [root])
    return unusable(
      'SEVERAL_IDPS',
      `The metadata describes ${providers.length} identity providers. Give the metadata of one.`,
    )
  }
  return unusable(
    'NOT_METADATA',
    `This is not SAML metadata: it begins with <${root.name}>, where <EntityDescriptor> is expected.`,
  )
}

/** Reads an identity provider's metadata (SAML Metadata 2.4.3). Its signature, if any, is not relied upon: the owner confirms. */
export function readIdpMetadata(xml: string, now: Date): IdpMetadata | Unusable {
  const text = xml.replace(/^\uFEFF/, '').trim()
  if (/^<(!doctype html|html)/i.test(text)) {
    return unusable(
      'HTML',
      'This is a web page, not metadata: perhaps a sign-in page. Download the metadata in a browser, and choose the file.',
    )
  }
  try {
    return withXml(text, ({ root }) => readDocument(root, now))
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    return unusable('NOT_XML', `This is not an XML document that can be read: ${error.message}`)
  }
}
