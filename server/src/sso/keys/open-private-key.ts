import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { RequestContext } from '../../access/request-context.ts'
import { open } from '../../core/sealed-box.ts'
import { type SpKeyRow, spKeyPlace } from './sp-key.store.ts'

/** The private half of a key of ours. @throws SealProblem when ENCRYPTION_KEY is not the one it was sealed with */
export const openPrivateKey = (ctx: Pick<RequestContext, 'keyRing'>, row: SpKeyRow): KeyObject =>
  createPrivateKey(open(ctx.keyRing, row.sealedPrivateKey, spKeyPlace(row.id)))
