import type { RequestContext } from '../../access/request-context.ts'
import { type AuditAuthor, recordAuditEvent } from '../../audit/record-audit-event.ts'
import type { Tx } from '../../db/client.ts'
import { fetchIdpMetadata, MetadataFetchError } from '../fetch-idp-metadata.ts'
import { shorten } from '../protocol/sign-in-check.ts'
import { type IdpMetadata, readIdpMetadata } from '../saml/idp-metadata.ts'
import { findSamlConnection, lockSamlConnection, type SamlConnectionRow } from '../sso-connection.store.ts'
import { compareMetadata } from './compare-metadata.ts'
import { lockMetadataRefresh, type MetadataRefreshRow, updateMetadataRefresh } from './metadata-refresh.store.ts'
import { nextCheck, nextTry } from './plan-check.ts'

export type CheckContext = Pick<
  RequestContext,
  'db' | 'clock' | 'actor' | 'requestId' | 'ipAddress' | 'allowPrivateMetadataUrls'
>

/** A problem may repeat what stands in the metadata, where a name may be as long as the whole of it. */
const longestProblem = 1000

type Reading = { metadata: IdpMetadata } | { problem: string }

/**
 * Fetches a connection's metadata again and notes what is new in it. Nothing that the connection trusts changes by
 * that: whoever controls the address for an hour must not become the identity provider. An owner confirms.
 * @param by who checks.
 */
export async function checkMetadata(ctx: CheckContext, connectionId: string, by: AuditAuthor): Promise<void> {
  const connection = await findSamlConnection(ctx.db, connectionId)
  const url = connection?.idpMetadataUrl ?? null
  if (connection === null || url === null) return
  const reading = await readMetadata(ctx, url)
  await ctx.db.transaction(async (tx) => {
    // The network is slow: meanwhile somebody may have entered another address, or deleted the connection.
    const current = await lockSamlConnection(tx, connection.organizationId, connectionId, 'share')
    const before = await lockMetadataRefresh(tx, connectionId)
    if (current === null || before === null || current.idpMetadataUrl !== url) return
    const checked = held(current, reading)
    if ('problem' in checked) await noteProblem(ctx, tx, current, before, checked.problem, by)
    else await noteNews(ctx, tx, current, before, checked.metadata, by)
  })
}

async function readMetadata(ctx: CheckContext, url: string): Promise<Reading> {
  try {
    const xml = await fetchIdpMetadata(url, { allowPrivate: ctx.allowPrivateMetadataUrls })
    const read = readIdpMetadata(xml, ctx.clock.now())
    return read.ok ? { metadata: read } : { problem: read.message }
  } catch (error) {
    if (!(error instanceof MetadataFetchError)) throw error
    return { problem: error.message }
  }
}

/** An entity ID is the name of the identity provider: under another one it is somebody else's metadata. */
function held({ idpEntityId }: SamlConnectionRow, reading: Reading): Reading {
  if ('problem' in reading || idpEntityId === null || reading.metadata.idpEntityId === idpEntityId) return reading
  const problem = `The metadata is that of another identity provider now: it names the entity ID ${reading.metadata.idpEntityId}, where ${idpEntityId} is expected. Nothing in it was taken over. If you have moved, make a new connection.`
  return { problem }
}

async function noteProblem(
  ctx: CheckContext,
  tx: Tx,
  connection: SamlConnectionRow,
  before: MetadataRefreshRow,
  told: string,
  by: AuditAuthor,
): Promise<void> {
  const now = ctx.clock.now()
  const failures = before.failures + 1
  const problem = shorten(told, longestProblem)
  await updateMetadataRefresh(tx, { ...before, checkedAt: now, dueAt: nextTry(now, failures), problem, failures })
  if (problem === before.problem) return
  const details = { connectionId: connection.id, name: connection.name, problem }
  await recordAuditEvent(ctx, tx, connection.organizationId, { type: 'ssoConnection.metadataFailed', details }, by)
}

async function noteNews(
  ctx: CheckContext,
  tx: Tx,
  connection: SamlConnectionRow,
  before: MetadataRefreshRow,
  metadata: IdpMetadata,
  by: AuditAuthor,
): Promise<void> {
  const now = ctx.clock.now()
  const { after, news } = compareMetadata(connection, before, metadata, now)
  const dueAt = nextCheck(now, metadata)
  await updateMetadataRefresh(tx, { ...after, checkedAt: now, dueAt, problem: null, failures: 0 })
  const subject = { connectionId: connection.id, name: connection.name }
  if (before.problem !== null) {
    const event = { type: 'ssoConnection.metadataRecovered', details: subject } as const
    await recordAuditEvent(ctx, tx, connection.organizationId, event, by)
  }
  const { stagedFingerprints, vanishedFingerprints, idpSsoUrl } = news
  if (stagedFingerprints.length + vanishedFingerprints.length === 0 && idpSsoUrl === null) return
  const event = { type: 'ssoConnection.metadataChanged', details: { ...subject, ...news } } as const
  await recordAuditEvent(ctx, tx, connection.organizationId, event, by)
}
