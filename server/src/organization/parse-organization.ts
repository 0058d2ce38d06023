import type { FieldErrors } from '../core/errors.ts'

/** A name of 1 to 100 characters, trimmed. */
export function parseOrganizationName(text: string, path: string, errors: FieldErrors): string {
  const name = text.trim()
  if (name === '') errors.add(path, 'REQUIRED', 'Enter the name of the organization.')
  if (name.length > 100) errors.add(path, 'TOO_LONG', 'Use a name of at most 100 characters.')
  return name
}

/** Words that stand at the same place in the console's addresses. */
const reserved = new Set(
  (
    'api app assets graphql healthz help invitation link-account login logout new node oidc organizations public readyz saml scim ' +
    'settings setup sign-in sign-out sso static'
  ).split(' '),
)

/** An organization's part of the address: 2 to 63 of a–z, 0–9 and single hyphens, beginning with a letter. */
export function parseSlug(text: string, path: string, errors: FieldErrors): string {
  const slug = text.trim()
  if (!/^[a-z](?:-?[a-z0-9])*$/.test(slug) || slug.length < 2 || slug.length > 63) {
    errors.add(
      path,
      'INVALID_SLUG',
      'Use 2 to 63 lower-case letters, digits and single hyphens, such as acme; begin with a letter.',
    )
  } else if (reserved.has(slug)) {
    errors.add(path, 'RESERVED', `${slug} is an address of the console itself. Choose a different one.`)
  }
  return slug
}
