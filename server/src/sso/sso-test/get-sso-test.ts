import { authorizeOwned } from '../../access/authorize.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { type SignInAttemptView, viewAttempt } from '../list-sign-in-attempts.ts'
import { listAttemptsOfTest, type SignInAttemptRow } from '../sign-in-attempt.store.ts'
import { findSsoTest, type SsoTestRow } from './sso-test.store.ts'

export type SsoTestStatus = 'WAITING' | 'SUCCEEDED' | 'REFUSED'

/** A test as the API shows it: without its secret's hash. */
export type SsoTestView = Omit<SsoTestRow, 'secretHash' | 'revision'> & {
  status: SsoTestStatus
  attempts: SignInAttemptView[]
}

/** @param attempts newest first. One success is enough: going back in the browser takes nothing away from it. */
export function viewSsoTest(
  { id, connectionId, createdAt, expiresAt }: SsoTestRow,
  attempts: SignInAttemptRow[],
): SsoTestView {
  const status = attempts.some(({ succeeded }) => succeeded) ? 'SUCCEEDED' : attempts.length > 0 ? 'REFUSED' : 'WAITING'
  return { id, connectionId, createdAt, expiresAt, status, attempts: attempts.map(viewAttempt) }
}

/** @throws NOT_FOUND, FORBIDDEN */
export async function getSsoTest(ctx: RequestContext, id: string): Promise<SsoTestView> {
  const { row } = await authorizeOwned(ctx, 'sso:read', 'test sign-in', await findSsoTest(ctx.db, id))
  return viewSsoTest(row, await listAttemptsOfTest(ctx.db, row.connectionId, row.id))
}
