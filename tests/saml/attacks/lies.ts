import type { SignInFailureReason } from '../../../server/src/sso/protocol/sign-in-failure.ts'
import type { Answer } from '../../testkit/identity-provider.ts'
import { type Attack, documents } from './attack.ts'
import type { RowId } from './rows.ts'
import type { Scene } from './scene.ts'

/** A document in which the identity provider itself says one wrong thing, and signs it. */
export const lies = (
  row: RowId,
  told: [what: string, reason: SignInFailureReason, lie: (s: Scene) => Partial<Answer>][],
): Attack[] =>
  documents(
    row,
    told.map(([what, reason, lie]) => [what, reason, (s) => s.told(lie(s))]),
  )

export const ours = (s: Scene): string => s.answer().acsUrl
export const us = (s: Scene): string => s.answer().audience
