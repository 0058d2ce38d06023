import type { ChildProcess } from 'node:child_process'
import { ask } from '../messages.ts'

/** What a program answers when it is asked what it used since it was asked last. */
export type CpuReport = { cpuMicroseconds: number }

/** Microseconds of CPU that the program used meanwhile. */
export async function cpuDuring(program: ChildProcess, work: () => Promise<unknown>): Promise<number> {
  await ask<CpuReport>(program, { what: 'reset' })
  await work()
  return (await ask<CpuReport>(program, { what: 'report' })).cpuMicroseconds
}
