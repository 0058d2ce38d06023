import { isIP, type LookupFunction } from 'node:net'
import { addressKind } from '../core/address-kind.ts'

/** The address may not be connected to. */
export class AddressRefused extends Error {}

export const isAllowedAddress = (address: string, allowPrivate: boolean): boolean => {
  const kind = addressKind(address)
  return kind === 'public' || (kind === 'private' && allowPrivate)
}

/** The address that stands in a URL itself, for which nothing is looked up; null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(address) === 0 ? null : address
}

/**
 * Looks a name up once and passes on what may be connected to: the connection goes to the very addresses that were
 * checked, so a name that means something else a moment later (DNS rebinding) changes nothing. One address that may not
 * be refuses the name.
 */
export const guardedLookup =
  (lookup: LookupFunction, allowPrivate: boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '')
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      const refused = addresses.find(({ address }) => !isAllowedAddress(address, allowPrivate))
      if (first === undefined || refused !== undefined) {
        return callback(new AddressRefused(`${hostname} is ${refused?.address ?? 'nowhere'}`), '')
      }
      if (options.all === true) return callback(null, addresses)
      return callback(null, first.address, first.family)
    })
  }
