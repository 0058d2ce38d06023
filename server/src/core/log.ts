import { type Logger, pino } from 'pino'

export type Log = Logger

/** One JSON line an event on standard output. Secrets are never passed to it; the list below is the second line. */
export function createLog(level: string): Log {
  return pino({
    level,
    redact: [
      '*.authorization',
      '*.cookie',
      '*.password',
      '*.secret',
      '*.samlResponse',
      '*.SAMLResponse',
      '*.relayState',
    ],
  })
}
