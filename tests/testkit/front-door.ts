import { days, hours, plus } from '../../server/src/core/clock.ts'
import { createId } from '../../server/src/core/ids.ts'
import { domains } from '../../server/src/db/schema/domains.ts'
import { ssoEnforcements } from '../../server/src/db/schema/sso-enforcement.ts'
import type { TestApp } from './app.ts'

/** As if the organization had proved the domain by its TXT record; not proved with `verifiedAt` null. */
export async function ownDomain(
  app: TestApp,
  organizationId: string,
  name: string,
  { verifiedAt = app.clock.now() }: { verifiedAt?: Date | null } = {},
): Promise<void> {
  const now = app.clock.now()
  await app.db.insert(domains).values({
    id: createId('dom', now),
    organizationId,
    name,
    challenge: 'gatehouse-challenge',
    verifiedAt,
    dueAt: plus(now, days(1)),
    createdAt: now,
  })
}

/** As if an owner had switched enforcement on; on trial for an hour with `confirmed` false. */
export async function enforceSso(
  app: TestApp,
  organizationId: string,
  { confirmed = true }: { confirmed?: boolean } = {},
): Promise<void> {
  const now = app.clock.now()
  await app.db.insert(ssoEnforcements).values({
    organizationId,
    enforcedByUserId: null,
    enforcedAt: now,
    trialEndsAt: plus(now, hours(1)),
    confirmedAt: confirmed ? now : null,
  })
}
