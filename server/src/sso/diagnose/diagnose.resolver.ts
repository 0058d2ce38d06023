import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { diagnose } from './diagnose.ts'
import { DiagnoseInput, DiagnosePayload } from './diagnosis.type.ts'

@Resolver()
export class DiagnoseResolver {
  @Mutation(() => DiagnosePayload, {
    description: 'Says what a text is that somebody has in hand when a sign-in does not work, and what to do.',
  })
  diagnose(
    @Arg('input', () => DiagnoseInput) { organizationId, connectionId, text }: DiagnoseInput,
    @Ctx() ctx: RequestContext,
  ) {
    return diagnose(ctx, { organizationId, connectionId: connectionId ?? null, text })
  }
}
