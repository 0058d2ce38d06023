import type { ConnectionTypename } from '../protocol-names.ts'
import type { Guide } from './guide.ts'
import { adFs } from './guides/ad-fs.ts'
import { auth0 } from './guides/auth0.ts'
import { googleWorkspace } from './guides/google-workspace.ts'
import { jumpCloud } from './guides/jumpcloud.ts'
import { keycloakOidc, keycloakSaml } from './guides/keycloak.ts'
import { microsoftEntra } from './guides/microsoft-entra.ts'
import { oktaSaml } from './guides/okta-saml.ts'
import { oktaWorkforce } from './guides/okta-workforce.ts'
import { oneLogin } from './guides/onelogin.ts'
import { otherOidc, otherSaml } from './guides/other.ts'
import { pingOne } from './guides/pingone.ts'

/** The guides for each kind of connection, in the order in which they are offered. */
export const guides: Record<ConnectionTypename, Guide[]> = {
  SamlConnection: [
    microsoftEntra,
    oktaSaml,
    googleWorkspace,
    adFs,
    keycloakSaml,
    oneLogin,
    pingOne,
    jumpCloud,
    auth0,
    otherSaml,
  ],
  OktaConnection: [oktaWorkforce],
  OidcConnection: [keycloakOidc, otherOidc],
}
