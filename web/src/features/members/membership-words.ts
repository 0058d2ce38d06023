import type { JoinMethod, RoleSource } from '../../graphql/generated/graphql.ts'

export function describeRoleSource(source: RoleSource): string {
  switch (source) {
    case 'SETUP':
      return 'since the organization was made'
    case 'MANUAL':
      return 'chosen by an owner or admin'
    case 'INVITATION':
      return 'given with the invitation'
    case 'JUST_IN_TIME':
      return 'given at the first sign-in'
    case 'MAPPING':
      return 'given by a rule of single sign-on'
    case 'EXPIRY':
      return 'since an earlier role ended'
    default:
      return source satisfies never
  }
}

export function describeJoinMethod(method: JoinMethod): string {
  switch (method) {
    case 'SETUP':
      return 'Made the organization'
    case 'INVITATION':
      return 'Invitation'
    case 'SINGLE_SIGN_ON':
      return 'Single sign-on'
    default:
      return method satisfies never
  }
}
