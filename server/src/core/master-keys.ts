import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { masterKeyBytes } from './sealed-box.ts'

export type MasterKeys = readonly [Buffer, ...Buffer[]]

/**
 * Master keys as an operator writes them: Base64 of 32 bytes each, with commas or line breaks between.
 * @returns null when one of them is something else, or there is none.
 */
export function parseMasterKeys(text: string): MasterKeys | null {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  const keys = parts.map((part) => Buffer.from(part, 'base64'))
  const whole = keys.every((key, index) => {
    const isBase64 = key.toString('base64').replace(/=+$/, '') === parts[index]?.replace(/=+$/, '')
    return isBase64 && key.length === masterKeyBytes
  })
  const [first, ...others] = keys
  return first === undefined || !whole ? null : [first, ...others]
}

const format = (keys: readonly Buffer[]): string => keys.map((key) => `${key.toString('base64')}\n`).join('')

/** Writes beside the file, where nobody looks, so that the file itself is never half written. */
function writeBeside(file: string, keys: readonly Buffer[]): string {
  const beside = `${file}.${randomBytes(8).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(beside, format(keys), { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The encryption key cannot be kept in ${file}: ${cause}. Set ENCRYPTION_KEY, or DATA_DIR to a folder that this user may write to.`,
      { cause: error },
    )
  }
  return beside
}

/** The keys in the file; null when there is no file. @throws an Error that names the file when it cannot be used. */
export function readKeyFile(file: string): MasterKeys | null {
  if (!existsSync(file)) return null
  const keys = parseMasterKeys(readFileSync(file, 'utf8'))
  if (keys !== null) return keys
  throw new Error(`${file} does not hold an encryption key: Base64 of 32 bytes. Restore it from a backup.`)
}

/** Makes the file with a new key, readable for this user alone. Of several processes one makes it, and all read it. */
export function makeKeyFile(file: string): MasterKeys {
  const beside = writeBeside(file, [randomBytes(masterKeyBytes)])
  try {
    linkSync(beside, file)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(beside, { force: true })
  }
  const keys = readKeyFile(file)
  if (keys === null) throw new Error(`${file} went away while it was made`)
  return keys
}

/** Puts a new key before those in the file, which stay to open what they sealed. */
export function addKeyToFile(file: string): MasterKeys {
  const keys = [randomBytes(masterKeyBytes), ...(readKeyFile(file) ?? [])] as const
  renameSync(writeBeside(file, keys), file)
  return keys
}
