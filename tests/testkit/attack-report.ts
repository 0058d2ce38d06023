import type { TestProject } from 'vitest/node'
import { median } from './refusal-time.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** Set by each test that is an attack. Absent milliseconds: a story of several requests. */
    attack?: { row: string; milliseconds?: number }
  }
}

/** One line about all attacks of the run: how many, of how many kinds, and how soon they were refused. */
export function reportAttacks(project: TestProject): void {
  const tests = project.vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
  const attacks = tests.flatMap((test) => test.meta().attack ?? [])
  if (attacks.length === 0) return
  const kinds = new Set(attacks.map(({ row }) => row)).size
  const times = attacks.flatMap(({ milliseconds }) => milliseconds ?? [])
  const [typical, slowest] = [median(times), Math.max(0, ...times)].map((time) => time.toFixed(1))
  const soon = times.length === 0 ? '' : `; documents refused in ${typical} ms (median), ${slowest} ms at most`
  process.stdout.write(`\n${attacks.length} attack tests of ${kinds} kinds${soon}\n`)
}
