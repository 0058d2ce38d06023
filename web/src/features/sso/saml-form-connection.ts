import { graphql } from '../../graphql/generated/gql.ts'

export const SamlForm_connection = graphql(`
  fragment SamlForm_connection on SamlConnection {
    id
    name
    revision
    updatedAt
    idpSsoUrl
    spEntityId
    idpEntityId
    idpCertificates {
      pem
    }
    attributeMapping {
      subject
      email
      name
    }
    allowIdpInitiated
    identityCount
    signAuthnRequests
    forceAuthn
    requestedAuthnContext
    allowCbcEncryption
    idpSloUrl
    idpSloResponseUrl
    redirectUrl
    loginUrl
    spMetadataUrl
    ...SetupGuide_connection
    ...HandOver_connection
    ...OurAddresses_connection
    ...MoreSettings_connection
  }
`)
