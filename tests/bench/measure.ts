import type { System } from './systems.ts'

/** CPU time of one response in microseconds. */
export type Cost = { title: string; median: number; p99: number }

/** Enough for V8 to compile its JavaScript and WebAssembly for good. */
const warmUp = 2_000_000
const batch = 60_000
const singles = 12

/** Systems that ran before, with another document. */
const warm = new Set<string>()

/** Microseconds of CPU of this process, with the threads that collect garbage and compile. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Runs until so much CPU time is used up. @returns the mean of one call. */
async function spend({ verify }: System, microseconds: number): Promise<number> {
  const start = cpuTime()
  let calls = 0
  let used = 0
  while (used < microseconds) {
    for (let burst = 0; burst < 10; burst++) await verify()
    calls += 10
    used = cpuTime() - start
  }
  return used / calls
}

async function single({ verify }: System): Promise<number> {
  const start = cpuTime()
  await verify()
  return cpuTime() - start
}

/** The value below which so large a part of the sorted ones lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/**
 * Measures all systems in turns, round after round, so that whatever else the machine does falls on all of them alike.
 * The median is that of the rounds' means; the 99th percentile is that of single responses.
 */
export async function measure(systems: readonly System[], rounds: number): Promise<Cost[]> {
  for (const system of systems) await spend(system, warm.has(system.title) ? warmUp / 10 : warmUp)
  for (const { title } of systems) warm.add(title)
  const means = systems.map((): number[] => [])
  const alone = systems.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [index, system] of systems.entries()) {
      means[index]?.push(await spend(system, batch))
      for (let call = 0; call < singles; call++) alone[index]?.push(await single(system))
    }
  }
  return systems.map(({ title }, index) => ({
    title,
    median: quantile(means[index] ?? [], 0.5),
    p99: quantile(alone[index] ?? [], 0.99),
  }))
}
