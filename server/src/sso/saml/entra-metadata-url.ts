/** Where Microsoft Entra signs people in: the global cloud, US Government, China, and customer (External ID) tenants. */
const entraHosts = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login-us.microsoftonline.com',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
])

export const isEntraHost = (hostname: string): boolean =>
  entraHosts.has(hostname) || hostname.endsWith('.ciamlogin.com')

/** True for Entra's tenant-wide metadata, which lists keys that applications do not sign with: it names no appid. */
export function isEntraTenantWideMetadataUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !isEntraHost(url.hostname.replace(/\.$/, ''))) return false
  if (!/\/federationmetadata\.xml\/*$/i.test(url.pathname)) return false
  // Names of parameters count in any letter case over there.
  return ![...url.searchParams].some(([name, value]) => name.toLowerCase() === 'appid' && value.trim() !== '')
}
