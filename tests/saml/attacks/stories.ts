import { storiesOfPeople } from './stories-of-people.ts'
import { storiesOfState } from './stories-of-state.ts'
import { storiesOfTransport } from './stories-of-transport.ts'
import type { Story } from './story.ts'

/** Every attack that takes more than a document. */
export const stories: readonly Story[] = [...storiesOfState, ...storiesOfPeople, ...storiesOfTransport]
