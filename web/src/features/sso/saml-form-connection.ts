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
    idpSloUrl
    idpSloResponseUrl
    ...OurAddresses_connection
    ...SingleLogoutFields_connection
  }
`)
