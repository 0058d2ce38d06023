import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'

export type Log = Logger

/**
 * One line an event on standard output: JSON for programs, plain words at a terminal. Secrets are never passed to it;
 * the list below is the second line.
 */
export function createLog(level: string, isTerminal = process.stdout.isTTY, destination?: DestinationStream): Log {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
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
  if (!isTerminal) return destination === undefined ? pino(options) : pino(options, destination)
  return pino(
    { ...options, base: null },
    { write: (line) => (destination ?? process.stdout).write(toPlainWords(line)) },
  )
}

/**
 * An error with its causes. That of a failed query repeats what the query was given: addresses and names of people,
 * hashes, the text of a mail. Which statement failed, and why, is left.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const given: string[] = []
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('params' in cause) given.push(`\nparams: ${String(cause.params)}`)
  }
  const without = (text: string): string => given.reduce((left, each) => left.replaceAll(each, ''), text)
  const { type, message, stack, params: _, raw: __, ...facts } = stdSerializers.err(error)
  return { type, message: without(message), stack: without(stack), ...facts }
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
