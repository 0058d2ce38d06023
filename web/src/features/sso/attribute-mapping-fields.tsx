import { useQuery } from '@apollo/client/react'
import { Autocomplete, Stack, Text, Title } from '@mantine/core'
import { RelativeTime } from '../../components/relative-time.tsx'
import { graphql } from '../../graphql/generated/gql.ts'
import { ArrivedAttributes } from './arrived-attributes.tsx'
import { samlFieldLabels as labels } from './saml-form-values.ts'

const LastAttributes = graphql(`
  query LastAttributes($connectionId: ID!) {
    node(id: $connectionId) {
      __typename
      id
      ... on SsoConnection {
        signInAttempts(first: 10) {
          nodes {
            id
            at
            attributes {
              name
              ...ArrivedAttributes_attribute
            }
          }
        }
      }
    }
  }
`)

export const mappingFields = ['subjectAttribute', 'emailAttribute', 'nameAttribute'] as const

const descriptions = {
  attributes: {
    intro:
      'Most identity providers are understood without it. The name of an attribute counts to the letter, with its namespace; NameID is the NameID. What is named here and not sent refuses the sign-in.',
    subjectAttribute:
      'What a member is recognized by: it must last and belong to one person for ever. Empty: Entra’s object ID, else the NameID.',
    emailAttribute: 'Empty: the usual names, such as emailaddress and mail.',
    nameAttribute: 'For display. Empty: the usual names, such as displayName.',
    usual: ['NameID'],
  },
  claims: {
    intro:
      'Most identity providers are understood without it. The name of a claim counts to the letter. What is named here and not sent refuses the sign-in.',
    subjectAttribute: 'What a member is recognized by: it must last and belong to one person for ever. Empty: sub.',
    emailAttribute: 'Empty: email, else preferred_username where it is an address.',
    nameAttribute: 'For display. Empty: name.',
    usual: ['sub', 'email', 'name'],
  },
}

type MappingField = (typeof mappingFields)[number]
type Values = Record<MappingField, string>

type Props = {
  /** What the protocol calls them. */
  words: keyof typeof descriptions
  /** Null before there is a connection. */
  connectionId: string | null
  values: Values
  errorOf: (field: MappingField) => string | undefined
  onChange: (part: Partial<Values>) => void
}

/** Which attribute is read as what, beside those that arrived. */
export function AttributeMappingFields({ words, connectionId, values, errorOf, onChange }: Props) {
  const { data } = useQuery(LastAttributes, {
    variables: { connectionId: connectionId ?? '' },
    skip: connectionId === null,
    pollInterval: 5000,
    skipPollAttempt: () => document.hidden,
  })
  const attempts = data?.node != null && 'signInAttempts' in data.node ? data.node.signInAttempts.nodes : []
  const last = attempts.find(({ attributes }) => attributes !== null)
  const arrived = last?.attributes ?? []
  const names = [...new Set([...descriptions[words].usual, ...arrived.map(({ name }) => name)])]
  return (
    <div>
      <Title order={3}>Attribute mapping</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {descriptions[words].intro}
      </Text>
      <Stack gap="md">
        {mappingFields.map((field) => (
          <Autocomplete
            key={field}
            name={field}
            label={labels[field]}
            description={descriptions[words][field]}
            error={errorOf(field)}
            data={names}
            styles={{ option: { overflowWrap: 'anywhere' } }}
            value={values[field]}
            onChange={(value) => onChange({ [field]: value })}
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
          />
        ))}
        {last === undefined ? (
          <Text size="sm" c="dimmed">
            What your identity provider sends appears here after the first sign-in that it signed, refused or not.
          </Text>
        ) : (
          <div>
            <Text size="sm" mb="xs">
              Arrived <RelativeTime at={last.at} />:
            </Text>
            <ArrivedAttributes attributes={arrived} />
          </div>
        )}
      </Stack>
    </div>
  )
}
