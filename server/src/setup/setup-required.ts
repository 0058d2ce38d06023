import type { RequestContext } from '../access/request-context.ts'
import { anyOrganizationExists } from '../organization/organization.store.ts'

/** Whether the first run is still to be done. Anybody may ask: the console must know where to lead them. */
export async function setupRequired(ctx: RequestContext): Promise<boolean> {
  return !(await anyOrganizationExists(ctx.db))
}
