import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Milliseconds: from when the event loop should have turned until it did, and of CPU that the process used. */
export type Delay = { median: number; p99: number; max: number; cpu: number }
export type Started = { origin: string; setupToken: string }
export type Load = { perSecond: number; seconds: number }
export type LoadDone = { done: number; failed: number }

/** Starts a program in a process of its own, so that it shares no event loop with this one. */
export const startProgram = (file: URL): ChildProcess =>
  fork(fileURLToPath(file), { env: { ...process.env, NODE_ENV: 'production' } })

/** Sends a message, and waits for the answer. */
export const ask = <Answer>(program: ChildProcess, message: object): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('a program of the benchmark ended'))
    program.once('exit', ended)
    program.once('message', (answer) => {
      program.off('exit', ended)
      resolve(answer as Answer)
    })
    program.send(message)
  })

/** In a program: answers every message, and ends with the process that started it. */
export function answerMessages(answer: (message: unknown) => Promise<object>, end: () => Promise<void>): void {
  process.on('message', (message) => void answer(message).then((value) => process.send?.(value)))
  process.once('disconnect', () => void end().finally(() => process.exit(0)))
}
