import { hash, verify } from '@node-rs/argon2'
import type { FieldErrors } from '../core/errors.ts'

// argon2id, the library's default algorithm, at OWASP's minimum.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const minimumPasswordLength = 12
const maximumPasswordLength = 256

/** Adds what is wrong with a new password to `errors`. */
export function checkNewPassword(password: string, path: string, errors: FieldErrors): void {
  if (password.length < minimumPasswordLength) {
    errors.add(path, 'TOO_SHORT', `Choose a password of at least ${minimumPasswordLength} characters.`)
  } else if (password.length > maximumPasswordLength) {
    errors.add(path, 'TOO_LONG', `Choose a password of at most ${maximumPasswordLength} characters.`)
  }
}

/** argon2id in PHC form. */
export const hashPassword = (password: string): Promise<string> => hash(password, options)

let decoy: Promise<string> | undefined

/**
 * True when the password belongs to the hash. Without a hash it does the same work on a decoy, so that its time does
 * not tell whether the person exists.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  if (password.length > maximumPasswordLength) return false
  decoy ??= hashPassword('nobody has this password')
  const matches = await verify(passwordHash ?? (await decoy), password)
  return matches && passwordHash !== null
}
