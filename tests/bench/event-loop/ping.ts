import { setTimeout as sleep } from 'node:timers/promises'
import { GraphqlClient } from '../../testkit/graphql-client.ts'

const everyMilliseconds = 12

/** Asks the API for next to nothing, at an even pace, until told to stop. @returns how long each answer took. */
export async function ping(origin: string, until: () => boolean): Promise<number[]> {
  const client = new GraphqlClient(origin)
  const took: number[] = []
  const under = new Set<Promise<void>>()
  while (!until()) {
    const start = performance.now()
    const one = client
      .run('{ __typename }')
      .then(() => void took.push(performance.now() - start))
      .finally(() => under.delete(one))
    under.add(one)
    await sleep(everyMilliseconds)
  }
  await Promise.all(under)
  return took
}
