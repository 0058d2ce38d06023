import type { SignInFailureReason } from '../../../server/src/sso/protocol/sign-in-failure.ts'
import type { RowId } from './rows.ts'
import type { Scene } from './scene.ts'

type Told = {
  /** The row of rows.ts it belongs to. */
  row: RowId
  /** How the document differs from one that is accepted. */
  what: string
  reason: SignInFailureReason
}

/** A document, made and signed anew each time: an accepted one, but for one thing. */
export type Attack =
  | (Told & { xml: (scene: Scene) => string })
  /** What the form field holds instead of Base64 of a document. */
  | (Told & { field: (scene: Scene) => string })

type Row = [what: string, reason: SignInFailureReason, xml: (scene: Scene) => string]

/** The attacks of one row, each with its document. */
export const documents = (row: RowId, attacks: Row[]): Attack[] =>
  attacks.map(([what, reason, xml]) => ({ row, what, reason, xml }))

/** The attacks of one row, each with its form field. */
export const fields = (
  row: RowId,
  attacks: [what: string, reason: SignInFailureReason, field: (scene: Scene) => string][],
): Attack[] => attacks.map(([what, reason, field]) => ({ row, what, reason, field }))

/** The form field that carries the attack. */
export const fieldOf = (attack: Attack, scene: Scene): string =>
  'field' in attack ? attack.field(scene) : Buffer.from(attack.xml(scene), 'utf8').toString('base64')

/** For test.for(): each with the name of its test. */
export const titled = (attacks: readonly Attack[]): [title: string, attack: Attack][] =>
  attacks.map((attack) => [`${attack.row} ${attack.what} → ${attack.reason}`, attack])
