import { Stack } from '@mantine/core'
import { Disclosure } from '../../components/disclosure.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { AttributeMappingFields, mappingFields } from './attribute-mapping-fields.tsx'
import { ProtocolSettings, usesProtocolSettings } from './protocol-settings.tsx'
import type { SamlField, SamlFormValues } from './saml-form-values.ts'
import { SingleLogoutFields } from './single-logout-fields.tsx'

export const MoreSettings_connection = graphql(`
  fragment MoreSettings_connection on SamlConnection {
    id
    logoutUrl
  }
`)

type Props = {
  connection: FragmentType<typeof MoreSettings_connection>
  values: SamlFormValues
  errorOf: (field: SamlField) => string | undefined
  onChange: (part: Partial<SamlFormValues>) => void
}

/** What most connections work without, by subject; open where it is in use or something is wrong. */
export function MoreSettings({ connection, ...form }: Props) {
  const { id, logoutUrl } = unmask(MoreSettings_connection, connection)
  const { values, errorOf } = form
  const isWrong = (...fields: readonly SamlField[]) => fields.some((field) => errorOf(field) !== undefined)
  return (
    <Stack gap="xs">
      <Disclosure
        label="Attributes"
        initiallyOpen={mappingFields.some((field) => values[field] !== '')}
        forcedOpen={isWrong(...mappingFields)}
      >
        <AttributeMappingFields words="attributes" connectionId={id} {...form} />
      </Disclosure>
      <Disclosure
        label="Sign-in and encryption"
        initiallyOpen={usesProtocolSettings(values)}
        forcedOpen={isWrong('requestedAuthnContext')}
      >
        <ProtocolSettings {...form} />
      </Disclosure>
      <Disclosure label="Single logout" forcedOpen={isWrong('idpSloUrl', 'idpSloResponseUrl')}>
        <SingleLogoutFields ours={logoutUrl} {...form} />
      </Disclosure>
    </Stack>
  )
}
