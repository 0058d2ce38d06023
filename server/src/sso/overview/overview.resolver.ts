import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { OrganizationType } from '../../organization/organization.type.ts'
import { DateTime } from '../../relay/date-time.ts'
import { SignInAttemptType } from '../sign-in-attempt.type.ts'
import { SsoConnectionType } from '../sso-connection.type.ts'
import { getMembersWithoutSso, getSsoOverview, type SsoOverview } from './get-sso-overview.ts'

@ObjectType('ConnectionHealth', {
  simpleResolvers: true,
  description: 'How people fare with a connection, tests aside.',
})
class ConnectionHealthType {
  @Field(() => SsoConnectionType)
  connection!: SsoConnectionType

  @Field(() => DateTime, { nullable: true, description: 'When somebody signed in through it last; null: nobody ever.' })
  lastSignInAt!: Date | null

  @Field(() => Int, { description: 'Sign-ins of the last seven days that succeeded.' })
  succeeded!: number

  @Field(() => Int, { description: 'Sign-ins of the last seven days that were refused.' })
  refused!: number
}

@ObjectType('SsoOverview', { simpleResolvers: true, description: 'How single sign-on fares in the organization.' })
class SsoOverviewType {
  @Field(() => [ConnectionHealthType], { description: 'Oldest connection first.' })
  connections!: ConnectionHealthType[]

  @Field(() => [SignInAttemptType], { description: 'The latest ten, through whichever connection, newest first.' })
  recentAttempts!: SignInAttemptType[]
}

@Resolver(() => OrganizationType)
export class SsoOverviewResolver {
  @FieldResolver(() => SsoOverviewType, { description: 'Needs the permission sso:read.' })
  ssoOverview(@Root() organization: OrganizationType, @Ctx() ctx: RequestContext) {
    return getSsoOverview(ctx, organization.id)
  }
}

@Resolver(() => SsoOverviewType)
export class MembersWithoutSsoResolver {
  @FieldResolver(() => Int, {
    description: 'Members, suspended ones aside, whom no connection knows; 1,000 means that many or more.',
  })
  membersWithoutSso(@Root() overview: SsoOverview, @Ctx() ctx: RequestContext) {
    return getMembersWithoutSso(ctx, overview)
  }
}
