import { Ctx, FieldResolver, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { listOwnSessions } from '../session/own-sessions.ts'
import { SessionType } from '../session/session.type.ts'
import { ViewerType } from './viewer.type.ts'

@Resolver(() => ViewerType)
export class ViewerSessionsResolver {
  @FieldResolver(() => [SessionType], {
    description:
      'Open sessions, newest first, 100 at most. One made through single sign-on knows those of its organization alone.',
  })
  sessions(@Ctx() ctx: RequestContext) {
    return listOwnSessions(ctx)
  }
}
