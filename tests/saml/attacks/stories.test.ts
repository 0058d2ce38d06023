import { afterAll, beforeAll, describe, test } from 'vitest'
import { startTestApp, type TestApp } from '../../testkit/app.ts'
import { createTestClock } from '../../testkit/clock.ts'
import { createWorld, type World } from '../../testkit/scenario.ts'
import { stories } from './stories.ts'
import type { Story } from './story.ts'

let app: TestApp
let world: World
beforeAll(async () => {
  app = await startTestApp({ clock: createTestClock() })
  world = await createWorld(app)
})
afterAll(() => app.close())

describe('nothing comes of', () => {
  test.for(stories.map((story): [string, Story] => [`${story.row} ${story.what}`, story]))(
    '%s',
    async ([, story], { task }) => {
      task.meta.attack = { row: story.row }
      await story.play({ app, world })
    },
  )
})
