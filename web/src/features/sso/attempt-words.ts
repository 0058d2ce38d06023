import type { FixedBy } from '../../graphql/generated/graphql.ts'

export function describeFixedBy(fixedBy: FixedBy): string {
  switch (fixedBy) {
    case 'OWNER':
      return 'an owner of this organization, here'
    case 'IDP_ADMINISTRATOR':
      return 'an administrator of the identity provider'
    case 'MEMBER':
      return 'the person who signed in'
    case 'OPERATOR':
      return 'whoever runs this Gatehouse'
    default:
      return fixedBy satisfies never
  }
}

export function describeResult(succeeded: boolean, test: boolean): string {
  if (test) return succeeded ? 'Test passed' : 'Test refused'
  return succeeded ? 'Signed in' : 'Refused'
}
