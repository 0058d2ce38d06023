import type { Config } from './config.ts'

type Problem = { code?: string; message?: string; cause?: unknown; errors?: unknown[] }

/** The error below its wrappings: a failed query wraps its cause, a host with several addresses one error for each. */
function innermost(error: unknown): Problem {
  const problem = error as Problem
  const inner = problem.cause ?? problem.errors?.[0]
  return inner === undefined ? problem : innermost(inner)
}

/** An operator's database that cannot be used, with the variable that names it. The URL may hold a password. */
export function explainDatabase(error: unknown, config: Config): unknown {
  if (config.databaseUrl === null) return error
  const { code, message } = innermost(error)
  return new Error(`The database that DATABASE_URL names cannot be used: ${message || code}.`, { cause: error })
}

/** Why the port could not be opened, with the variable to change. */
export function explainListening(error: unknown, { port, host }: Config): unknown {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is used by another program. Stop that one, or set PORT to another port.`,
    EACCES: `This user may not open port ${port}. Set PORT to 1024 or above.`,
    EADDRNOTAVAIL: `This machine does not have the address ${host}. Set HOST to one it has, or to 0.0.0.0 for all.`,
    ENOTFOUND: `There is no host ${host}. Set HOST to an address of this machine, or to 0.0.0.0 for all.`,
  }
  const sentence = sentences[(error as Problem).code ?? '']
  return sentence === undefined ? error : new Error(sentence, { cause: error })
}

/** Why a program that reads alone failed: also a database that this version has never migrated. */
export function explainUnverified(error: unknown): string {
  const { code, message } = innermost(error)
  const neverMigrated = code === '42P01' || code === '42703'
  return neverMigrated
    ? 'Start this version of Gatehouse once: the database has no chained audit log yet.'
    : `${message || code}`
}
