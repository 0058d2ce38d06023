import { authorize, authorizeOwned } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { FieldErrors } from '../../core/errors.ts'
import { type SsoConnectionView, viewConnection } from '../connection-view.ts'
import { findConnection } from '../sso-connection.store.ts'
import { findSetupProgress, type SetupProgressRow, saveSetupProgress } from './setup-progress.store.ts'

/** More than any guide has. */
const mostSteps = 50
const isName = (text: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 40

/** Which guide is followed with the connection, and how far; null before anybody began. @throws NOT_FOUND, FORBIDDEN */
export async function getSetupProgress(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
): Promise<SetupProgressRow | null> {
  await authorize(ctx, 'sso:read', connection.organizationId)
  return findSetupProgress(ctx.db, connection.id)
}

/**
 * Notes how far somebody has come with a guide. It is a bookmark: no setting, and so without revision or audit event.
 * @param guide,doneSteps names of the console's: lower-case letters, digits and hyphens
 * @throws BAD_USER_INPUT on `input.guide` and `input.doneSteps`, NOT_FOUND, FORBIDDEN
 */
export async function setSetupProgress(
  ctx: RequestContext,
  { connectionId, guide, doneSteps }: { connectionId: string; guide: string; doneSteps: string[] },
): Promise<SsoConnectionView> {
  const found = await findConnection(ctx.db, connectionId)
  const { row } = await authorizeOwned(ctx, 'sso:manage', 'SSO connection', found)
  const errors = new FieldErrors()
  const form = 'Use lower-case letters, digits and hyphens, 40 characters at most.'
  if (!isName(guide)) errors.add('input.guide', 'INVALID_NAME', form)
  if (!doneSteps.every(isName)) errors.add('input.doneSteps', 'INVALID_NAME', form)
  if (doneSteps.length > mostSteps) errors.add('input.doneSteps', 'TOO_MANY', `Name at most ${mostSteps} steps.`)
  errors.throwIfAny()
  const steps = [...new Set(doneSteps)]
  await saveSetupProgress(ctx.db, { connectionId, guide, doneSteps: steps, updatedAt: ctx.clock.now() })
  return viewConnection(ctx, row)
}
