import type { Place } from '../core/sealed-box.ts'

/** Where a private key is sealed. */
export const spKeyPlace = (id: string): Place => ({ table: 'saml_sp_keys', column: 'sealed_private_key', rowId: id })
