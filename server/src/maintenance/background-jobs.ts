import type { Config } from '../config.ts'
import { type Clock, hours, minutes, seconds } from '../core/clock.ts'
import { createId } from '../core/ids.ts'
import type { Log } from '../core/log.ts'
import type { TxtLookup } from '../core/txt-lookup.ts'
import type { Db } from '../db/client.ts'
import { checkDueDomains } from '../domain/check-due-domains.ts'
import { sendDueMail } from '../mail/send-due-mail.ts'
import { createSmtp } from '../mail/smtp.ts'
import { endExpiredRoles } from '../membership/end-expired-roles.ts'
import { revertExpiredTrials } from '../sso/enforcement/revert-expired-trials.ts'
import { warnOfExpiringCertificates } from '../sso/expiry/warn-of-expiring-certificates.ts'
import { refreshDueMetadata } from '../sso/refresh/refresh-due-metadata.ts'
import { cleanUp } from './clean-up.ts'
import { createJobs, type Job, type Jobs } from './jobs.ts'

type Parts = { config: Config; db: Db; clock: Clock; log: Log; lookUpTxt: TxtLookup }

/** Everything that happens without anybody asking. */
export function createBackgroundJobs({ config, db, clock, log, lookUpTxt }: Parts): Jobs {
  const context = (stopping: AbortSignal) => ({
    stopping,
    db,
    clock,
    log,
    actor: { kind: 'anonymous' } as const,
    requestId: createId('req', clock.now()),
    ipAddress: null,
    publicUrl: config.publicUrl,
    allowPrivateMetadataUrls: config.allowPrivateMetadataUrls,
    sendsMail: config.mail !== null,
    devInbox: config.devInbox,
    lookUpTxt,
  })
  const jobs: Job[] = [
    { name: 'clean up', everyMilliseconds: minutes(10), run: () => cleanUp({ db, clock }) },
    {
      name: 'refresh metadata',
      everyMilliseconds: minutes(1),
      run: (stopping) => refreshDueMetadata(context(stopping)),
    },
    {
      name: 'revert trials of enforcement',
      everyMilliseconds: minutes(1),
      run: (stopping) => revertExpiredTrials(context(stopping)),
    },
    {
      name: 'end expired roles',
      everyMilliseconds: minutes(1),
      run: (stopping) => endExpiredRoles(context(stopping)),
    },
    { name: 'check domains', everyMilliseconds: minutes(1), run: (stopping) => checkDueDomains(context(stopping)) },
    {
      name: 'warn of expiring certificates',
      everyMilliseconds: hours(1),
      run: (stopping) => warnOfExpiringCertificates(context(stopping)),
    },
  ]
  if (config.mail !== null) {
    const send = createSmtp(config.mail)
    jobs.push({
      name: 'send mail',
      everyMilliseconds: seconds(10),
      run: (stopping) => sendDueMail({ db, clock, log, send, stopping }),
    })
  }
  return createJobs(jobs, log)
}
