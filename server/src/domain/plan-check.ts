import { days, hours, minutes, plus } from '../core/clock.ts'
import type { TxtAnswer } from '../core/txt-lookup.ts'
import type { DomainRow } from './domain.store.ts'
import { challengeName } from './domain-view.ts'

/** A proved domain whose record is gone for so long is proved no more: a mistake in the DNS is mended until then. */
const graceForAbsence = days(3)
/** And the DNS must have said so at least so often. */
const absencesToLose = 4

const usualInterval = days(1)
const shortestInterval = minutes(5)
const intervalWhileAbsent = hours(6)

const quoted = (records: readonly string[]): string => {
  const some = records.slice(0, 3).map((record) => `“${record.slice(0, 80)}”`)
  return records.length > 3 ? `${some.join(', ')} and ${records.length - 3} more` : some.join(', ')
}

/** Names nobody. */
export const takenProblem = (name: string): string =>
  `Another organization on this server has proved ${name}. A domain belongs to one organization: it must be removed there first.`

function describe(row: DomainRow, answer: TxtAnswer): string {
  const at = challengeName(row.name)
  if ('records' in answer) {
    return `There is a TXT record at ${at}, with another value: ${quoted(answer.records)}.`
  }
  return answer.problem === 'ABSENT'
    ? `There is no TXT record at ${at} yet. A new one can take an hour until it is seen everywhere.`
    : `The DNS gave no answer about ${at}. This is tried again by itself.`
}

/**
 * What a lookup makes of a domain. The record proves it; without it, it stays proved for three days, in which only the
 * DNS saying that there is none counts, and no silence.
 * @param taken another organization has proved the domain.
 */
export function planCheck(row: DomainRow, answer: TxtAnswer, taken: boolean, now: Date): DomainRow {
  const checked = { ...row, checkedAt: now }
  const found = 'records' in answer && answer.records.includes(row.challenge)
  if (found && !taken) {
    const verifiedAt = row.verifiedAt ?? now
    return { ...checked, verifiedAt, failures: 0, absentSince: null, problem: null, dueAt: plus(now, usualInterval) }
  }
  const problem = found ? takenProblem(row.name) : describe(row, answer)
  const silent = 'problem' in answer && answer.problem === 'NO_ANSWER'
  // Of a proved domain only the answers count that say there is none.
  const failures = silent && row.verifiedAt !== null ? row.failures : row.failures + 1
  const absentSince = silent || found ? row.absentSince : (row.absentSince ?? now)
  const lost =
    absentSince !== null && !silent && failures >= absencesToLose && plus(absentSince, graceForAbsence) <= now
  const wait =
    row.verifiedAt === null
      ? Math.min(usualInterval, shortestInterval * 2 ** Math.min(row.failures, 12))
      : intervalWhileAbsent
  return {
    ...checked,
    failures,
    problem,
    absentSince,
    verifiedAt: lost ? null : row.verifiedAt,
    dueAt: plus(now, wait),
  }
}
