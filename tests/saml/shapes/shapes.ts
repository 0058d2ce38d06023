import { content } from './content.ts'
import { providers } from './providers.ts'
import type { Shape } from './shape.ts'
import { signatures } from './signatures.ts'
import { writing } from './writing.ts'

/** Every way in which an identity provider may truthfully answer, and that we therefore accept. */
export const shapes: readonly Shape[] = [...signatures, ...writing, ...content, ...providers]
