export function AccessTokensRoute() {
  return null
}
