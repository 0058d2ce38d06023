export function AuditLogRoute() {
  return null
}
