/** How long a refusal may take, in milliseconds: half of them at most this. */
export const target = 100
/** And none of them may keep the processor longer than this. */
export const hardBound = 500

export const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/**
 * Starts to measure. The processor's own time, in contrast to the clock's, does not depend on what else the machine has
 * to do: it is what the bound holds for.
 */
export function startWatch(): () => { milliseconds: number; worked: number } {
  const begun = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { milliseconds: performance.now() - begun, worked: (user + system) / 1000 }
  }
}
