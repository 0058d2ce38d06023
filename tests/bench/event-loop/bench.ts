import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '../measure.ts'
import { ask, type Delay, type Load, type LoadDone, type Started, startProgram } from '../messages.ts'
import { figure, table } from '../table.ts'
import { ping } from './ping.ts'

const rates = [0, 40, 200]
const rounds = 3
const seconds = 4

type Phase = { pings: number[]; delays: Delay[]; done: number; failed: number }

async function runPhase(app: ChildProcess, load: ChildProcess, origin: string, perSecond: number, phase: Phase) {
  await ask(app, { what: 'reset' })
  let over = false
  const pings = ping(origin, () => over)
  const order: Load = { perSecond, seconds }
  if (perSecond === 0) await sleep(seconds * 1000)
  else {
    const { done, failed } = await ask<LoadDone>(load, order)
    phase.done += done
    phase.failed += failed
  }
  over = true
  phase.pings.push(...(await pings))
  phase.delays.push(await ask<Delay>(app, { what: 'report' }))
}

function show(phases: readonly Phase[]): string {
  const median = (phase: Phase | undefined, of: keyof Delay): number =>
    quantile(phase?.delays.map((delay) => delay[of]) ?? [], 0.5)
  const idle = quantile(phases[0]?.pings ?? [], 0.99)
  const cpu = (phase: Phase | undefined): number => phase?.delays.reduce((sum, delay) => sum + delay.cpu, 0) ?? 0
  return table(
    [
      'sign-ins begun',
      'done',
      'failed',
      'CPU ms for each',
      'ping ms',
      'ping p99 ms',
      'above idle',
      'loop ms',
      'loop p99 ms',
      'loop max ms',
    ],
    phases.map((phase, index) => [
      rates[index] === 0 ? 'none' : `${rates[index]} a second`,
      `${figure(phase.done / (rounds * seconds))} a second`,
      String(phase.failed),
      phase.done === 0 ? '' : figure((cpu(phase) - cpu(phases[0])) / phase.done),
      figure(quantile(phase.pings, 0.5)),
      figure(quantile(phase.pings, 0.99)),
      figure(quantile(phase.pings, 0.99) - idle),
      figure(median(phase, 'median')),
      figure(median(phase, 'p99')),
      figure(median(phase, 'max')),
    ]),
  )
}

/** How long others wait while people sign in: the app, those who sign in, and who asks are a process each. */
export async function benchEventLoop(): Promise<void> {
  const app = startProgram(new URL('./app-process.ts', import.meta.url))
  const load = startProgram(new URL('./load-process.ts', import.meta.url))
  try {
    const { origin, setupToken } = await ask<Started>(app, { what: 'start' })
    await ask<LoadDone>(load, { origin, setupToken })
    await ask<LoadDone>(load, { perSecond: 100, seconds: 3 })
    const phases = rates.map((): Phase => ({ pings: [], delays: [], done: 0, failed: 0 }))
    for (let round = 0; round < rounds; round++) {
      for (const [index, phase] of phases.entries()) await runPhase(app, load, origin, rates[index] ?? 0, phase)
    }
    process.stdout.write(`\nA GraphQL ping and the event loop during sign-ins\n\n${show(phases)}\n`)
  } finally {
    load.disconnect()
    app.disconnect()
  }
}
