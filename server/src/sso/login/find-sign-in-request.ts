import type { Db } from '../../db/client.ts'
import { isRequestId } from '../saml/authn-request.ts'
import { findOidcRequest, isOidcRequestId } from './oidc-request.store.ts'
import { findAuthnRequest } from './sign-in-state.store.ts'

/** A request of ours, whatever the protocol: which browser made it, and for which test. */
export async function findSignInRequest(
  db: Db,
  connectionId: string,
  id: unknown,
): Promise<{ browserBindingHash: string; testId: string | null } | null> {
  if (isRequestId(id)) return findAuthnRequest(db, connectionId, id)
  return typeof id === 'string' && isOidcRequestId(id) ? findOidcRequest(db, connectionId, id) : null
}
