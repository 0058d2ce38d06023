import type { Api } from './api.ts'
import type { OrganizationFile } from './organization-file.ts'
import type { OrganizationState } from './organization-state.ts'

/** One change, in words and to be done. */
export type Step = {
  kind: 'create' | 'change' | 'delete'
  /** Such as `role support`. */
  what: string
  /** What of it, a line each; never a secret. */
  details: string[]
  /** Does it. What comes of it that somebody has to hand on, in lines; else nothing. */
  run: () => Promise<string[]>
}

/** What of a connection differs: in words, and as input for the API. */
export type Changes = { details: string[]; input: Record<string, unknown> }

export type Planning = {
  api: Api
  wanted: OrganizationFile
  state: OrganizationState
  /** What the file does not name goes, in the sections that it has. */
  prune: boolean
  /** Files that the file names are found from here. */
  folder: string
}

const shown = (value: unknown): string => (value === null || value === undefined ? 'nothing' : JSON.stringify(value))

/** `name: "a" → "b"` */
export const difference = (name: string, before: unknown, after: unknown): string =>
  `${name}: ${shown(before)} → ${shown(after)}`

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
