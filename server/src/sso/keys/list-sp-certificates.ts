import { X509Certificate } from 'node:crypto'
import { authorize } from '../../access/authorize.ts'
import { loadTogether } from '../../access/load-together.ts'
import type { RequestContext } from '../../access/request-context.ts'
import { listSpKeysOf, type SpKeyRow } from './sp-key.store.ts'
import { type SpKeyState, stateOf } from './sp-key-rules.ts'

/** A key of ours as people see it: its certificate, and never its private half. */
export type SpCertificateView = {
  id: string
  use: 'SIGNING' | 'ENCRYPTION'
  state: SpKeyState
  pem: string
  fingerprintSha256: string
  notAfter: Date
  createdAt: Date
  retiredAt: Date | null
}

function view(rows: SpKeyRow[], row: SpKeyRow): SpCertificateView {
  const certificate = new X509Certificate(row.certificate)
  return {
    id: row.id,
    use: row.use === 'signing' ? 'SIGNING' : 'ENCRYPTION',
    state: stateOf(rows, row),
    pem: row.certificate,
    fingerprintSha256: certificate.fingerprint256,
    notAfter: new Date(certificate.validTo),
    createdAt: row.createdAt,
    retiredAt: row.retiredAt,
  }
}

/** Our certificates towards the identity provider, oldest first. @throws NOT_FOUND, FORBIDDEN */
export async function listSpCertificates(
  ctx: RequestContext,
  connection: { id: string; organizationId: string },
): Promise<SpCertificateView[]> {
  await authorize(ctx, 'sso:read', connection.organizationId)
  const readAll = (ids: string[]) => listSpKeysOf(ctx.db, ids)
  const rows = (await loadTogether(ctx, 'keys', connection.id, readAll)) ?? []
  return rows.map((row) => view(rows, row))
}
