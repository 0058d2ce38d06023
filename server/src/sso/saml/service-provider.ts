export type ServiceProviderUrls = {
  /** Where members start. */
  loginUrl: string
  /** Where responses arrive: the assertion consumer service. */
  acsUrl: string
  metadataUrl: string
  /** Our entity ID unless the owner chooses another: the metadata's own address, as Metadata 2.3.2 suggests. */
  defaultEntityId: string
}

/** The addresses of one connection. Each has its own, so that no response for one fits another. @param publicUrl an origin */
export function serviceProviderUrls(publicUrl: string, connectionId: string): ServiceProviderUrls {
  const base = `${publicUrl}/sso/${connectionId}`
  return {
    loginUrl: `${base}/login`,
    acsUrl: `${base}/acs`,
    metadataUrl: `${base}/metadata`,
    defaultEntityId: `${base}/metadata`,
  }
}
