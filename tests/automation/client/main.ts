import path from 'node:path'
import { parseArgs } from 'node:util'
import { Api, ApiProblem } from './api.ts'
import { FileProblem, readOrganizationFile } from './organization-file.ts'
import { readOrganization } from './organization-state.ts'
import { plan } from './plan.ts'
import type { Step } from './step.ts'

/** What a run needs of its process. */
export type Surroundings = {
  environment: Readonly<Record<string, string | undefined>>
  print: (line: string) => void
  complain: (line: string) => void
}

const marks = { create: '+', change: '~', delete: '-' } as const

export const usage = `gatehouse diff -f organization.yaml [--prune]    what is not as the file says
gatehouse apply -f organization.yaml [--prune]   makes it so

  -f, --file    the file that says what the organization shall be like
  --prune       also delete what the file does not name, in the sections that it has

GATEHOUSE_URL    the address of the server, such as https://sso.example.com
GATEHOUSE_TOKEN  an access token with the role owner

Exit code of diff: 0 when nothing differs, 2 when something does, 1 when something is wrong. Of apply: 0 or 1.`

class UsageProblem extends Error {}

function readArguments(args: readonly string[], { environment }: Surroundings) {
  const [command, ...rest] = args
  if (command !== 'apply' && command !== 'diff') throw new UsageProblem(`Say apply or diff.\n\n${usage}`)
  const { values } = parse(rest)
  if (values.help) return { help: true } as const
  const { GATEHOUSE_URL: origin, GATEHOUSE_TOKEN: token } = environment
  if (values.file === undefined) throw new UsageProblem('Name the file: -f organization.yaml')
  if (origin === undefined || !URL.canParse(origin)) {
    throw new UsageProblem('Set GATEHOUSE_URL to the address of the server, such as https://sso.example.com.')
  }
  if (token === undefined || token === '') {
    throw new UsageProblem('Set GATEHOUSE_TOKEN to an access token with the role owner (Access tokens in the console).')
  }
  return { command, file: values.file, prune: values.prune ?? false, origin, token } as const
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        file: { type: 'string', short: 'f' },
        prune: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error))
  }
}

/** Runs one command. @returns the exit code */
export async function runClient(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const given = readArguments(args, surroundings)
    if ('help' in given) {
      surroundings.print(usage)
      return 0
    }
    return await work(given, surroundings)
  } catch (error) {
    if (!(error instanceof UsageProblem || error instanceof FileProblem || error instanceof ApiProblem)) throw error
    surroundings.complain(error.message)
    return 1
  }
}

type Given = { command: 'apply' | 'diff'; file: string; prune: boolean; origin: string; token: string }

async function work({ command, file, prune, origin, token }: Given, surroundings: Surroundings): Promise<number> {
  const wanted = readOrganizationFile(file, surroundings.environment)
  const api = new Api(origin, token)
  const state = await readOrganization(api, wanted.organization, wanted.members !== undefined)
  const steps = await plan({ api, wanted, state, prune, folder: path.dirname(path.resolve(file)) })
  if (steps.length === 0) {
    surroundings.print(`${wanted.organization} is as the file says: nothing to change.`)
    return 0
  }
  if (command === 'apply') return apply(steps, surroundings)
  for (const step of steps) show(step, surroundings)
  const count = (kind: Step['kind']) => steps.filter((step) => step.kind === kind).length
  surroundings.print(`${count('create')} to create, ${count('change')} to change, ${count('delete')} to delete.`)
  return 2
}

function show({ kind, what, details }: Step, { print }: Surroundings): void {
  print(`${marks[kind]} ${what}`)
  for (const line of details) print(`    ${line}`)
}

/** One after the other, up to the first that fails: what is done stays done, and the next run goes on from there. */
async function apply(steps: readonly Step[], surroundings: Surroundings): Promise<number> {
  for (const [index, step] of steps.entries()) {
    show(step, surroundings)
    try {
      for (const line of await step.run()) surroundings.print(`    ${line}`)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      surroundings.complain(`    ${error.message.replaceAll('\n', '\n    ')}`)
      surroundings.complain(
        `Stopped at ${step.what}: ${index} of ${steps.length} changes are done. Mend it and apply again; it goes on from here.`,
      )
      return 1
    }
  }
  surroundings.print(`Done: ${steps.length} ${steps.length === 1 ? 'change' : 'changes'}.`)
  return 0
}
