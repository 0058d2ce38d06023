export type ServiceProviderUrls = {
  /** Where members start. */
  loginUrl: string
  /** Where responses arrive: the assertion consumer service. */
  acsUrl: string
  /** Where logout messages arrive, by HTTP-Redirect or HTTP-POST: the single logout service. */
  sloUrl: string
  metadataUrl: string
  /** Our entity ID unless the owner chooses another: the metadata's own address, where Metadata 4.1.1 has it looked for. */
  defaultEntityId: string
}

/** The addresses of one connection. Each has its own, so that no response for one fits another. @param publicUrl an origin */
export function serviceProviderUrls(publicUrl: string, connectionId: string): ServiceProviderUrls {
  const base = `${publicUrl}/sso/${connectionId}`
  return {
    loginUrl: `${base}/login`,
    acsUrl: `${base}/acs`,
    sloUrl: `${base}/slo`,
    metadataUrl: `${base}/metadata`,
    defaultEntityId: `${base}/metadata`,
  }
}
