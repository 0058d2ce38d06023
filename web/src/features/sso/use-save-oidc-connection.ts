import { useMutation } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import type { OidcFormConnection } from './oidc-form-connection.ts'
import type { OidcChanges, OidcFormValues } from './oidc-form-values.ts'

const CreateOktaConnection = graphql(`
  mutation CreateOktaConnection($input: CreateOktaConnectionInput!) {
    createOktaConnection(input: $input) {
      connection {
        id
      }
    }
  }
`)

const CreateOidcConnection = graphql(`
  mutation CreateOidcConnection($input: CreateOidcConnectionInput!) {
    createOidcConnection(input: $input) {
      connection {
        id
      }
    }
  }
`)

const UpdateOktaConnection = graphql(`
  mutation UpdateOktaConnection($input: UpdateOktaConnectionInput!) {
    updateOktaConnection(input: $input) {
      connection {
        id
        ...OidcForm_okta
        ...ConnectionCard_connection
        ...OidcSummary_connection
      }
    }
  }
`)

const UpdateOidcConnection = graphql(`
  mutation UpdateOidcConnection($input: UpdateOidcConnectionInput!) {
    updateOidcConnection(input: $input) {
      connection {
        id
        ...OidcForm_oidc
        ...ConnectionCard_connection
        ...OidcSummary_connection
      }
    }
  }
`)

type New = { organizationId: string; reservation: string | null }

/** Makes and changes connections with OpenID Connect, of either kind. Both give the connection's id. */
export function useSaveOidcConnection(kind: OidcFormConnection['kind']) {
  const [createOkta, creatingOkta] = useMutation(CreateOktaConnection)
  const [createOidc, creatingOidc] = useMutation(CreateOidcConnection)
  const [updateOkta, updatingOkta] = useMutation(UpdateOktaConnection)
  const [updateOidc, updatingOidc] = useMutation(UpdateOidcConnection)
  const okta = kind === 'OktaConnection'

  const create = async ({ organizationId, reservation }: New, values: OidcFormValues): Promise<string> => {
    const { provider, clientId, clientSecret, name } = values
    const { subjectAttribute, emailAttribute, nameAttribute } = values
    const attributeMapping = { subject: subjectAttribute, email: emailAttribute, name: nameAttribute }
    const settings = { organizationId, reservation, clientId, clientSecret, attributeMapping, name }
    if (okta) {
      const { data } = await createOkta({ variables: { input: { ...settings, oktaDomain: provider } } })
      return data?.createOktaConnection.connection.id ?? ''
    }
    const { data } = await createOidc({ variables: { input: { ...settings, issuer: provider } } })
    return data?.createOidcConnection.connection.id ?? ''
  }
  const update = async ({ id, revision }: { id: string; revision: number }, changes: OidcChanges): Promise<string> => {
    const { provider, ...rest } = changes
    const settings = { connectionId: id, expectedRevision: revision, ...rest }
    await (okta
      ? updateOkta({ variables: { input: { ...settings, ...(provider !== undefined && { oktaDomain: provider }) } } })
      : updateOidc({ variables: { input: { ...settings, ...(provider !== undefined && { issuer: provider }) } } }))
    return id
  }
  const loading = [creatingOkta, creatingOidc, updatingOkta, updatingOidc].some((call) => call.loading)
  return { create, update, loading }
}
