import { useQuery } from '@apollo/client/react'
import { graphql } from '../../graphql/generated/gql.ts'
import { ArrivedAttributes } from './arrived-attributes.tsx'
import classes from './sign-in-attempts.module.css'

const AttemptAttributesQuery = graphql(`
  query AttemptAttributes($attemptId: ID!) {
    node(id: $attemptId) {
      __typename
      id
      ... on SignInAttempt {
        attributes {
          name
          ...ArrivedAttributes_attribute
        }
      }
    }
  }
`)

/** What arrived with one attempt; read when it is looked at, since the list of attempts is read again and again. */
export function AttemptAttributes({ attemptId }: { attemptId: string }) {
  const { data } = useQuery(AttemptAttributesQuery, { variables: { attemptId } })
  const attributes = data?.node?.__typename === 'SignInAttempt' ? data.node.attributes : null
  return attributes === null || attributes.length === 0 ? null : (
    <div className={classes['attributes']}>
      <ArrivedAttributes attributes={attributes} />
    </div>
  )
}
