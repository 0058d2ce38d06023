import { findActiveMembership } from '../../access/grant.store.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { notFound } from '../../core/errors.ts'
import { sha256 } from '../../core/secrets.ts'
import { type SignInAttemptView, viewAttempt } from '../list-sign-in-attempts.ts'
import { type SamlConnectionView, viewSamlConnection } from '../saml-connection-view.ts'
import { type SamlSettingsInput, updateSamlConnection } from '../save-saml-connection.ts'
import { findSetupProgress, type SetupProgressRow } from '../setup-progress/setup-progress.store.ts'
import { setSetupProgress } from '../setup-progress/setup-progress.ts'
import { listAttemptsOfTest } from '../sign-in-attempt.store.ts'
import { findSamlConnection } from '../sso-connection.store.ts'
import { startTestSignIn } from '../sso-test/start-test-sign-in.ts'
import { isOpen } from './manage-setup-link.ts'
import { findLastSsoTest, findSetupLinkByHash, type SetupLinkRow } from './setup-link.store.ts'

type ShownOfConnection =
  | 'revision'
  | 'complete'
  | 'verifiedAt'
  | 'redirectUrl'
  | 'loginUrl'
  | 'spEntityId'
  | 'spMetadataUrl'
  | 'idpSsoUrl'
  | 'idpEntityId'
  | 'idpCertificates'

/** What whoever has the link sees: this connection, what came of the last test, and nothing else of the organization. */
export type ConnectionSetup = Pick<SamlConnectionView, ShownOfConnection> & {
  organizationName: string
  invitedBy: string
  expiresAt: Date
  connectionName: string
  progress: SetupProgressRow | null
  testedAt: Date | null
  attempts: SignInAttemptView[]
}

/** The settings that the link's holder may say: what the identity provider is, not what is done with who comes from it. */
export type ConnectionSetupInput = Pick<
  SamlSettingsInput,
  'idpSsoUrl' | 'spEntityId' | 'idpEntityId' | 'idpCertificates' | 'idpMetadataXml' | 'idpMetadataUrl'
>

type Opened = { link: SetupLinkRow; acting: RequestContext }

/** The link that this secret opens, whose maker may still manage single sign-on. @throws NOT_FOUND whatever the cause */
async function requireOpenLink(ctx: RequestContext, secret: string): Promise<Opened> {
  const now = ctx.clock.now()
  const link = await findSetupLinkByHash(ctx.db, sha256(secret))
  if (link === null || !isOpen(link, now)) throw notFound('setup link')
  const organizationId = link.organization.id
  const maker = await findActiveMembership(ctx.db, organizationId, link.createdByUserId, now)
  if (maker === null || !maker.role.permissions.includes('sso:manage')) throw notFound('setup link')
  const grant = {
    organizationId,
    role: { ...maker.role, permissions: ['sso:read', 'sso:manage'] as const },
    membershipId: null,
    roleExpiresAt: null,
  }
  const acting: RequestContext = {
    ...ctx,
    actor: { kind: 'setupLink', setupLinkId: link.id, createdBy: link.createdBy.email },
    grants: new Map([[organizationId, Promise.resolve(grant)]]),
    memo: new Map(),
  }
  return { link, acting }
}

/** The same. A wrong secret is counted against the address it came from. @throws NOT_FOUND, RATE_LIMITED */
async function openLink(ctx: RequestContext, secret: string): Promise<Opened> {
  const address = ctx.ipAddress ?? 'unknown'
  await ctx.limits.check('setupLinkByAddress', address)
  try {
    return await requireOpenLink(ctx, secret)
  } catch (error) {
    await ctx.limits.consume('setupLinkByAddress', address)
    throw error
  }
}

async function view({ link, acting }: Opened): Promise<ConnectionSetup> {
  const { connectionId, organization, createdBy, expiresAt } = link
  const row = await findSamlConnection(acting.db, connectionId)
  if (row === null) throw notFound('setup link')
  const test = await findLastSsoTest(acting.db, connectionId)
  const attempts = test === null ? [] : await listAttemptsOfTest(acting.db, connectionId, test.id)
  const connection = viewSamlConnection(acting, row)
  return {
    ...connection,
    organizationName: organization.name,
    invitedBy: createdBy.name ?? createdBy.email,
    expiresAt,
    connectionName: connection.name,
    progress: await findSetupProgress(acting.db, connectionId),
    testedAt: test?.createdAt ?? null,
    // The values of what is asserted about people are not the link's to show.
    attempts: attempts.map((row) => viewAttempt(row, null)),
  }
}

/** What is to be set up, for whoever has the link. @throws NOT_FOUND, RATE_LIMITED */
export const readConnectionSetup = async (ctx: RequestContext, secret: string): Promise<ConnectionSetup> =>
  view(await openLink(ctx, secret))

/** Changes what the connection knows of its identity provider, as updateSamlConnection does. @throws the same, NOT_FOUND, RATE_LIMITED */
export async function saveConnectionSetup(
  ctx: RequestContext,
  secret: string,
  expectedRevision: number | null,
  input: ConnectionSetupInput,
): Promise<ConnectionSetup> {
  const opened = await openLink(ctx, secret)
  await updateSamlConnection(opened.acting, opened.link.connectionId, expectedRevision, input)
  return view(opened)
}

/** Notes how far the link's holder is; the owner sees it. @throws BAD_USER_INPUT, NOT_FOUND, RATE_LIMITED */
export async function noteConnectionSetup(
  ctx: RequestContext,
  secret: string,
  progress: { guide: string; doneSteps: string[] },
): Promise<ConnectionSetup> {
  const opened = await openLink(ctx, secret)
  await setSetupProgress(opened.acting, { connectionId: opened.link.connectionId, ...progress })
  return view(opened)
}

/** Starts a test as an owner does. @throws CONFLICT CONNECTION_INCOMPLETE, NOT_FOUND, RATE_LIMITED */
export async function testConnectionSetup(
  ctx: RequestContext,
  secret: string,
): Promise<{ setup: ConnectionSetup; url: string }> {
  const opened = await openLink(ctx, secret)
  const { url } = await startTestSignIn(opened.acting, opened.link.connectionId)
  return { setup: await view(opened), url }
}
