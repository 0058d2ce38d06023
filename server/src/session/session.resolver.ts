import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { OrganizationType } from '../organization/organization.type.ts'
import { endOtherSessions, endSession } from './own-sessions.ts'
import { EndSessionInput, SessionPolicyArgs, SetSessionPolicyInput, SignInInput } from './session.input.ts'
import {
  EndOtherSessionsPayload,
  EndSessionPayload,
  SessionPolicyForesightType,
  SessionPolicyType,
  SetSessionPolicyPayload,
  SignInPayload,
} from './session.type.ts'
import { foreseeSessionPolicy, getSessionPolicy, setSessionPolicy } from './set-session-policy.ts'
import { signIn } from './sign-in.ts'

@Resolver(() => OrganizationType)
export class SessionResolver {
  @FieldResolver(() => SessionPolicyType, { description: 'Needs the permission sso:read.' })
  sessionPolicy(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return getSessionPolicy(ctx, organization.id)
  }

  @FieldResolver(() => SessionPolicyForesightType, {
    description: 'What setSessionPolicy would do with these values. Needs the permission sso:manage.',
  })
  foreseeSessionPolicy(
    @Root() organization: OrganizationType,
    @Args(() => SessionPolicyArgs) { idleMinutes = null, lifetimeMinutes = null }: SessionPolicyArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return foreseeSessionPolicy(ctx, organization.id, { idleMinutes, lifetimeMinutes })
  }

  @Mutation(() => SignInPayload, { description: 'With e-mail address and password.' })
  signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() ctx: RequestContext) {
    return signIn(ctx, input)
  }

  @Mutation(() => EndSessionPayload, { description: 'One of the viewer’s own; the present one too.' })
  async endSession(@Arg('input', () => EndSessionInput) { sessionId }: EndSessionInput, @Ctx() ctx: RequestContext) {
    return { endedSessionId: await endSession(ctx, sessionId) }
  }

  @Mutation(() => EndOtherSessionsPayload, { description: 'All of the viewer’s own but the present one.' })
  async endOtherSessions(@Ctx() ctx: RequestContext) {
    return { endedSessionIds: await endOtherSessions(ctx) }
  }

  @Mutation(() => SetSessionPolicyPayload, {
    description: 'What is stricter holds for open sessions at once; what is looser holds for new ones.',
  })
  setSessionPolicy(
    @Arg('input', () => SetSessionPolicyInput) input: SetSessionPolicyInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { organizationId, idleMinutes = null, lifetimeMinutes = null } = input
    return setSessionPolicy(ctx, organizationId, { idleMinutes, lifetimeMinutes })
  }
}
