import { parse } from 'tldts'
import { parseDomainName } from '../core/domain-name.ts'
import { badUserInput } from '../core/errors.ts'
import { isPublicMailDomain } from './public-mail-domains.ts'

const refuse = (reason: string, message: string) => badUserInput([{ path: 'input.name', reason, message }])

/**
 * The mail domain that an owner means. A whole address, or a web address, is taken for the domain in it.
 * @throws BAD_USER_INPUT on `input.name`
 */
export function parseDomain(text: string): string {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
  const name = parseDomainName(bare)
  if (name === null) throw refuse('INVALID_DOMAIN', 'Enter a domain such as example.com, as it stands after the @.')
  const { domain, isIcann } = parse(name, { allowPrivateDomains: true })
  if (domain === null) {
    throw refuse('PUBLIC_SUFFIX', `${name} is no domain that one organization can own. Enter one such as example.com.`)
  }
  if (isPublicMailDomain(name) || (isIcann === true && isPublicMailDomain(domain))) {
    throw refuse(
      'PUBLIC_MAIL_DOMAIN',
      `Anybody can get an address at ${name}. Enter a domain that is your organization’s own.`,
    )
  }
  return name
}
