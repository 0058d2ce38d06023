import { Problem } from '../components/problem.tsx'
import { Refused } from '../features/organization/refused.tsx'
import { SsoRequiredNotice } from '../features/session/sso-required.tsx'
import { readOperationError } from '../graphql/operation-error.ts'

type Props = { slug: string; error: unknown; onRetry: () => void }

/** Why a page has nothing to show: not allowed, or not answered. */
export function PageProblem({ slug, error, onRetry }: Props) {
  const { code, reason, permission, message, requestId } = readOperationError(error)
  if (reason === 'SSO_REQUIRED') return <SsoRequiredNotice slug={slug} />
  if (code === 'UNAUTHENTICATED') return null
  if (code === 'FORBIDDEN') return <Refused slug={slug} permission={permission} />
  return <Problem title="This could not be loaded" message={message} reference={requestId} onRetry={onRetry} />
}
