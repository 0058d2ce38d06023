import { addressing } from './addressing.ts'
import type { Attack } from './attack.ts'
import { confusion } from './confusion.ts'
import { elsewhere } from './elsewhere.ts'
import { encryption } from './encryption.ts'
import { flood } from './flood.ts'
import { signature } from './signature.ts'
import { signedInfo } from './signed-info.ts'
import { statements } from './statements.ts'
import { text } from './text.ts'
import { transforms } from './transforms.ts'
import { wrapping } from './wrapping.ts'

/** Every attack that is a document. Those that are a story are in stories.ts. */
export const attacks: readonly Attack[] = [
  ...wrapping,
  ...elsewhere,
  ...confusion,
  ...signature,
  ...signedInfo,
  ...transforms,
  ...text,
  ...flood,
  ...addressing,
  ...statements,
  ...encryption,
]
