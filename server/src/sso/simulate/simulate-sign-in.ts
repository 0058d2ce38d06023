import { authorize } from '../../access/authorize.ts'
import { findRoles } from '../../access/find-roles.ts'
import type { RoleDefinition } from '../../access/permission.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { roleOfRow } from '../../access/role.store.ts'
import { parseEmail } from '../../core/email.ts'
import { FieldErrors, notFound } from '../../core/errors.ts'
import type { RoleVerdict } from '../../membership/role-by-rules.ts'
import { findUserByEmail } from '../../user/user.store.ts'
import { type SsoConnectionView, viewConnection } from '../connection-view.ts'
import type { Asserted } from '../protocol/asserted.ts'
import { check, type SignInCheck } from '../protocol/sign-in-check.ts'
import { roleInWords } from '../roles/check-role.ts'
import { matchRole, type RoleRule } from '../roles/match-role.ts'
import { parseRoleRules, type RoleRuleInput } from '../roles/parse-role-rules.ts'
import { listRoleRules } from '../roles/role-mapping.store.ts'
import { findLatestAttributes, findSignInAttempt, type SignInAttemptRow } from '../sign-in-attempt.store.ts'
import { findConnection, type SsoConnectionRow } from '../sso-connection.store.ts'
import { type ChosenConnection, chooseConnection } from './choose-connection.ts'
import { type Foreseen, type ForeseenAccount, foreseeSignIn } from './foresee-sign-in.ts'
import { type KnownIdentity, knownIdentity } from './known-attributes.ts'

/** Somebody's address, or a stored attempt; and what to assume instead of what is. */
export type SimulateSignIn = {
  organizationId: string
  email?: string | null
  attemptId?: string | null
  /** Through this connection; absent: the one they would come through. */
  connectionId?: string | null
  /** What the identity provider would say; absent: what it said last. */
  attributes?: readonly { name: string; values: string[] }[] | null
  /** Rules that are not saved yet; absent: those of the connection. */
  mappings?: readonly RoleRuleInput[] | null
}

export type SignInSimulation = {
  email: string
  connection: SsoConnectionView | null
  account: ForeseenAccount | null
  currentRole: RoleDefinition | null
  role: RoleDefinition | null
  checks: SignInCheck[]
}

/** One row of the answer: what is found, and whether it lets the person in. */
const reason = (name: string, title: string, passed: boolean, actual: string): SignInCheck =>
  check(name, title, passed, null, actual)

type Subject = { who: KnownIdentity; chosen: ChosenConnection; attempt: SignInAttemptRow | null }

/**
 * What a sign-in would do now, and why: through which connection, with which account, to which role. It changes nothing.
 * @throws BAD_USER_INPUT, NOT_FOUND, FORBIDDEN without sso:manage, since it goes by what identity providers said of people
 */
export async function simulateSignIn(ctx: RequestContext, input: SimulateSignIn): Promise<SignInSimulation> {
  await authorize(ctx, 'sso:manage', input.organizationId)
  const errors = new FieldErrors()
  const draft = input.mappings == null ? null : parseRoleRules(input.mappings, errors)
  const { who, chosen, attempt } = await findSubject(ctx, input, errors)
  const { connection } = chosen
  const checks = [reason('connection', 'Connection', connection !== null, chosen.why)]
  if (connection === null) {
    return { email: who.email, connection: null, account: null, currentRole: null, role: null, checks }
  }
  const rules = draft ?? (await listRoleRules(ctx.db, connection.id))
  const attributes = await findAttributes(ctx, input, connection, who, attempt)
  const verdict = await decide(ctx, input.organizationId, rules, attributes)
  const foreseen = await foreseeSignIn(ctx.db, connection, who, verdict, ctx.clock.now())
  checks.push(...explain(foreseen, rules, attributes))
  const { account, membership, decision } = foreseen
  const currentRole = membership && roleOfRow(membership.role, membership.customRole)
  const comesIn = checks.every(({ name, passed }) => passed || name === 'role')
  const usual = currentRole ?? (await findRoles(ctx, input.organizationId)).find(({ key }) => key === 'member') ?? null
  const role = comesIn ? (decision?.role ?? usual) : null
  return { email: who.email, connection: viewConnection(ctx, connection), account, currentRole, role, checks }
}

async function findSubject(ctx: RequestContext, input: SimulateSignIn, errors: FieldErrors): Promise<Subject> {
  const { organizationId, email: address, attemptId, connectionId } = input
  if ((address == null) === (attemptId == null)) {
    errors.add(
      'input.email',
      'EITHER_OR',
      'Give the e-mail address of a person, or the reference of a sign-in attempt.',
    )
  }
  const email = address == null ? null : parseEmail(address)
  if (address != null && email === null) {
    errors.add('input.email', 'INVALID_EMAIL', 'Enter an e-mail address such as ada@example.com.')
  }
  errors.throwIfAny()
  const named = connectionId == null ? null : await ofOrganization(ctx, organizationId, connectionId)
  if (attemptId != null) return findAttemptSubject(ctx, organizationId, attemptId, named)
  if (email === null) throw new Error('an address that is none passed')
  const chosen =
    named === null
      ? await chooseConnection(ctx.db, organizationId, email)
      : { connection: named, why: `${named.name}, as asked` }
  // SAML vouches for an address by asserting it; what Okta and others say of it, nobody knows before.
  return { who: { subject: null, email, emailVerified: true }, chosen, attempt: null }
}

async function findAttemptSubject(
  ctx: RequestContext,
  organizationId: string,
  attemptId: string,
  named: SsoConnectionRow | null,
): Promise<Subject> {
  const found = await findSignInAttempt(ctx.db, attemptId)
  if (found?.organizationId !== organizationId) throw notFound('sign-in attempt')
  const connection = named ?? (await ofOrganization(ctx, organizationId, found.connectionId))
  const who = knownIdentity(found.attributes ?? [], found.email, connection.protocol)
  if (who === null) {
    const errors = new FieldErrors()
    const message =
      'This attempt does not say who it was: nothing in it could be trusted. Choose one whose trace shows an e-mail address.'
    errors.add('input.attemptId', 'NOTHING_ASSERTED', message)
    errors.throwIfAny()
    throw new Error('an attempt of nobody passed')
  }
  const why = named === null ? `${connection.name}, where the attempt was made` : `${connection.name}, as asked`
  return { who, chosen: { connection, why }, attempt: found }
}

async function ofOrganization(ctx: RequestContext, organizationId: string, id: string): Promise<SsoConnectionRow> {
  const connection = await findConnection(ctx.db, id)
  if (connection?.organizationId !== organizationId) throw notFound('SSO connection')
  return connection
}

/** What was given; else what the attempt has; else what the identity provider said of them last. Null: nothing is known. */
async function findAttributes(
  ctx: RequestContext,
  { attributes }: SimulateSignIn,
  { id: connectionId }: SsoConnectionRow,
  { email }: KnownIdentity,
  attempt: SignInAttemptRow | null,
): Promise<readonly Asserted[] | null> {
  if (attributes != null) return attributes.map((given) => ({ ...given, friendlyName: null, usedFor: [] }))
  if (attempt !== null) return attempt.attributes
  const user = await findUserByEmail(ctx.db, email)
  return findLatestAttributes(ctx.db, connectionId, { email, userId: user?.id ?? null })
}

async function decide(
  ctx: RequestContext,
  organizationId: string,
  rules: readonly RoleRule[],
  attributes: readonly Asserted[] | null,
): Promise<RoleVerdict | null> {
  if (rules.length === 0) return null
  const unknown = { attribute: 'what the identity provider says', why: 'is not known before a sign-in of theirs' }
  if (attributes === null) return { kind: 'UNKNOWN', unseen: [unknown] }
  const verdict = matchRole(rules, attributes)
  if (verdict.kind !== 'APPLIES') return verdict
  const role = (await findRoles(ctx, organizationId)).find(({ key }) => key === verdict.role)
  if (role !== undefined) return { ...verdict, role }
  const errors = new FieldErrors()
  errors.add('input.mappings', 'UNKNOWN_ROLE', `There is no role ${verdict.role}. Choose one of the organization’s.`)
  errors.throwIfAny()
  return null
}

const accounts: Record<ForeseenAccount, string> = {
  KNOWN: 'signs in: the connection knows the account',
  CREATED: 'a new account is made',
  LINKED: 'the existing account is connected, without a proof',
  ASKED_TO_PROVE: 'an account with this address exists: they are asked, once, to prove that it is theirs',
  REFUSED: 'refused: another organization on this server has proved the domain of the address',
}

function explain(
  { account, membership, decision }: Foreseen,
  rules: readonly RoleRule[],
  attributes: readonly Asserted[] | null,
): SignInCheck[] {
  const rows = [reason('account', 'Account', account !== 'REFUSED', accounts[account])]
  if (account === 'REFUSED') return rows
  const suspended = membership !== null && membership.suspendedAt !== null
  const standing = suspended
    ? 'suspended, so that the sign-in is refused'
    : membership
      ? 'a member'
      : 'joins the organization'
  rows.push(reason('membership', 'Membership', !suspended, standing))
  if (suspended) return rows
  if (decision !== null) {
    const known = attributes === null ? '' : `. Looked at: ${looked(rules, attributes)}`
    rows.push(reason('role', 'Role', !decision.frozen, `${roleInWords(decision)}${known}`))
    return rows
  }
  const why = 'the connection has no rules for roles'
  const role = membership ? roleOfRow(membership.role, membership.customRole).name : 'Organization Member'
  rows.push(reason('role', 'Role', true, `${role}: ${why}`))
  return rows
}

/** The attributes that rules name, each with how many values came. */
const looked = (rules: readonly RoleRule[], attributes: readonly Asserted[]): string =>
  [...new Set(rules.map(({ attribute }) => attribute))]
    .map((name) => {
      const named = attributes.filter((each) => each.name === name)
      const count = named.reduce((sum, { values, omitted = 0 }) => sum + values.length + omitted, 0)
      return named.length === 0 ? `${name} (did not come)` : `${name} (${count} ${count === 1 ? 'value' : 'values'})`
    })
    .join(', ')
