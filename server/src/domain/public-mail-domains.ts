import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

let names: ReadonlySet<string> | null = null

/** True for a domain where anybody gets an e-mail address: it belongs to no organization of ours. */
export function isPublicMailDomain(name: string): boolean {
  names ??= new Set(
    readFileSync(createRequire(import.meta.url).resolve('freemail/data/free.txt'), 'utf8').split(/\r?\n/),
  )
  return names.has(name)
}
