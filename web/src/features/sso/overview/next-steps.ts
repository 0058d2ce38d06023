import { formatDay } from '../../../components/relative-time.tsx'
import { connectionStatus } from '../connection-status.ts'

/** What of a connection tells whether something is to be done. */
export type Watched = {
  id: string
  name: string
  enabled: boolean
  complete: boolean
  verifiedAt: string | null
  succeeded: number
  refused: number
  /** When the certificate that lasts longest ends; null without any. */
  certificateEndsAt: string | null
  /** The identity provider announces certificates that nobody has confirmed. */
  staged: boolean
}

export type Situation = {
  connections: Watched[]
  /** A mail domain is proved. */
  domainProved: boolean
  enforced: boolean
  membersWithoutSso: number
}

/** `at`: an id of a connection, or the page where it is done. */
export type NextStep = {
  urgent: boolean
  words: string
  action: string
  at: 'settings' | 'members' | { connectionId: string }
}

const soon = 60 * 24 * 3600 * 1000

function ofConnection(connection: Watched, now: number): NextStep[] {
  const { id, name, succeeded, refused, certificateEndsAt, staged, verifiedAt } = connection
  const at = { connectionId: id }
  const steps: NextStep[] = []
  const add = (urgent: boolean, words: string, action: string) => steps.push({ urgent, words, action, at })
  const { kind } = connectionStatus(connection)
  if (kind === 'incomplete') add(true, `${name} lacks details of the identity provider.`, 'Fill them in')
  if (kind === 'untested') add(true, `${name} has not been tested with its present settings.`, 'Test it')
  if (kind === 'disabled' && verifiedAt !== null)
    add(false, `${name} works and is disabled: nobody comes in by it.`, 'Look at it')
  if (certificateEndsAt !== null && kind !== 'disabled') {
    const left = Date.parse(certificateEndsAt) - now
    const day = formatDay(certificateEndsAt)
    if (left <= 0) add(true, `The certificate of ${name} ended on ${day}.`, 'Bring the new one')
    else if (left <= soon && !staged) add(true, `The certificate of ${name} ends on ${day}.`, 'Bring the next one')
  }
  if (staged) add(true, `The identity provider of ${name} announces a new certificate.`, 'Look at it')
  if (refused >= 3 && refused > succeeded) {
    add(
      true,
      `In the last seven days ${refused} sign-ins through ${name} were refused, and ${succeeded} succeeded.`,
      'See why',
    )
  }
  return steps
}

/** What an owner should do next, the urgent first; none: nothing is left. */
export function nextSteps(
  { connections, domainProved, enforced, membersWithoutSso }: Situation,
  now: number,
): NextStep[] {
  if (connections.length === 0) {
    return [{ urgent: true, words: 'No identity provider is connected yet.', action: 'Connect one', at: 'settings' }]
  }
  const steps = connections.flatMap((connection) => ofConnection(connection, now))
  const works = connections.some((connection) => connectionStatus(connection).kind === 'verified')
  if (works && !domainProved) {
    const words = 'No mail domain is proved: people are not led to single sign-on by their address.'
    steps.push({ urgent: false, words, action: 'Prove one', at: 'settings' })
  }
  if (works && membersWithoutSso > 0) {
    const many =
      membersWithoutSso >= 1000
        ? '1,000 members or more have'
        : membersWithoutSso === 1
          ? '1 member has'
          : `${membersWithoutSso} members have`
    steps.push({ urgent: false, words: `${many} never signed in through it.`, action: 'See who', at: 'members' })
  }
  if (works && !enforced) {
    const words = 'Members may still come in with a password.'
    steps.push({ urgent: false, words, action: 'Require single sign-on', at: 'settings' })
  }
  return steps.toSorted((one, other) => Number(other.urgent) - Number(one.urgent))
}
