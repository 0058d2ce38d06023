import { type AppError, ssoRequired } from '../core/errors.ts'
import { listEntrances } from './enforcement.store.ts'
import type { RequestContext } from './request-context.ts'

/** The refusal of a member who came another way than through single sign-on, with where to go instead. */
export async function refuseWithoutSso(
  ctx: Pick<RequestContext, 'db' | 'publicUrl'>,
  organizationIds: readonly string[],
  message = 'This organization takes single sign-on only. Sign in through its identity provider.',
): Promise<AppError> {
  const entrances = await listEntrances(ctx.db, organizationIds)
  const loginUrls = entrances.map(({ connectionId, connectionName }) => ({
    name: connectionName,
    url: `${ctx.publicUrl}/sso/${connectionId}/login`,
  }))
  return ssoRequired(message, loginUrls)
}

export const tokenWithoutSso =
  'This organization takes single sign-on only: an access token counts while its maker is known to its identity provider. Its maker must sign in through single sign-on once.'
