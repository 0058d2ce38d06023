/** What became of the steps so far. */
export const tally = { passed: 0, failed: 0, skipped: 0 }

/**
 * Runs a step, prints what became of it and counts it. A step gives `{ ok, output }`, and `counts` when it counts for
 * more than one; what it printed is shown when it failed.
 */
export async function step(name, work) {
  const started = performance.now()
  const {
    ok,
    output = '',
    counts,
  } = await work().catch((error) => ({ ok: false, output: `${error?.stack ?? error}\n` }))
  const { passed, failed, skipped } = counts ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
  tally.passed += passed
  tally.failed += failed
  tally.skipped += skipped
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const detail = counts ? `: ${passed} passed, ${failed} failed, ${skipped} skipped` : ''
  process.stdout.write(`${ok ? '✓' : '✗'} ${name}${detail} (${seconds} s)\n`)
  if (!ok && output.trim() !== '') process.stdout.write(`\n${output.trim().replaceAll(/^/gm, '    ')}\n\n`)
  return ok
}

/** Lets at most `width` pieces of work run at once, in the order they came. */
export function lanes(width) {
  const waiting = []
  let running = 0
  const next = () => {
    if (running === width || waiting.length === 0) return
    running++
    const { work, resolve, reject } = waiting.shift()
    work()
      .then(resolve, reject)
      .finally(() => {
        running--
        next()
      })
  }
  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      next()
    })
}
