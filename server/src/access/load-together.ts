import type { RequestContext } from './request-context.ts'

type Batch = { keys: Set<string>; answers: Promise<ReadonlyMap<string, unknown>> }

/** What waits to be read, by request and by name. */
const waiting = new WeakMap<RequestContext, Map<string, Batch>>()

/**
 * Reads what each row of a list asks for by itself in one statement for all of them: the keys that come up under `name`
 * until the event loop has turned go to `readAll` together. Nothing is kept: whoever asks later reads again.
 * @returns what `readAll` has for the key; undefined when it has nothing.
 */
export async function loadTogether<Value>(
  ctx: RequestContext,
  name: string,
  key: string,
  readAll: (keys: string[]) => Promise<ReadonlyMap<string, Value>>,
): Promise<Value | undefined> {
  const batches = waiting.get(ctx) ?? new Map<string, Batch>()
  waiting.set(ctx, batches)
  const batch = batches.get(name) ?? openBatch(batches, name, readAll)
  batch.keys.add(key)
  return (await batch.answers).get(key) as Value | undefined
}

function openBatch<Value>(
  batches: Map<string, Batch>,
  name: string,
  readAll: (keys: string[]) => Promise<ReadonlyMap<string, Value>>,
): Batch {
  const keys = new Set<string>()
  const turned = new Promise<void>((resolve) => setImmediate(resolve))
  const answers = turned.then(() => {
    batches.delete(name)
    return readAll([...keys])
  })
  const batch = { keys, answers }
  batches.set(name, batch)
  return batch
}
