import type { GraphqlClient } from './graphql-client.ts'

export type OidcAttempt = {
  id: string
  succeeded: boolean
  failureReason: string | null
  email: string | null
  advice: string | null
  whereToFix: string | null
  messageForIdpAdministrator: string | null
  notReached: string[]
  checks: { name: string; passed: boolean; expected: string | null; actual: string | null }[]
  attributes: { name: string; values: string[] | null; usedFor: string[] }[] | null
}

/** The newest attempt through any connection, as the owner sees it. */
export async function lastAttempt(owner: GraphqlClient, connectionId: string): Promise<OidcAttempt> {
  const { node } = await owner.run<{ node: { signInAttempts: { nodes: OidcAttempt[] } } }>(
    `query($id: ID!) { node(id: $id) { ... on SsoConnection { signInAttempts(first: 1) { nodes {
      id succeeded failureReason email advice whereToFix messageForIdpAdministrator notReached
      checks { name passed expected actual } attributes { name values usedFor } } } } } }`,
    { id: connectionId },
  )
  const [attempt] = node.signInAttempts.nodes
  if (attempt === undefined) throw new Error('no attempt was recorded')
  return attempt
}
