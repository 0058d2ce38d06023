import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * One line an event on standard output: JSON for programs, plain words at a terminal. Secrets are never passed to it;
 * the list below is the second line.
 */
export function createLog(level: string, isTerminal = process.stdout.isTTY): Log {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: [
      '*.authorization',
      '*.cookie',
      '*.password',
      '*.secret',
      '*.samlResponse',
      '*.SAMLResponse',
      '*.relayState',
    ],
  }
  if (!isTerminal) return pino(options)
  return pino({ ...options, base: null }, { write: (line) => process.stdout.write(toPlainWords(line)) })
}

type Line = { time: string; level: string; msg?: string; err?: { message?: string; stack?: string } }

/** `18:30:16 warn  what happened  fact=value`, and an error's stack below it. */
export function toPlainWords(line: string): string {
  const { time, level, msg, err, ...facts } = JSON.parse(line) as Line
  const clock = new Date(time).toTimeString().slice(0, 8)
  const named = Object.entries(facts).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const words = [`${clock} ${level.padEnd(5)} ${msg ?? err?.message ?? ''}`, ...named].join('  ')
  const stack = err === undefined ? '' : `${(err.stack ?? err.message ?? '').replaceAll(/^/gm, '    ')}\n`
  return `${words}\n${stack}`
}
