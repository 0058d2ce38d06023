import { BlockList, isIP } from 'node:net'

function ranges(...subnets: string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = '', prefix = ''] = subnet.split('/')
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/**
 * Nothing that a person could mean: the services that hand out a cloud machine's credentials (169.254.169.254 and its
 * kin), link-local and multicast, and the IPv6 forms that carry some IPv4 address inside (RFC 4291 2.5.5.1, RFC 6052,
 * RFC 8215, Teredo, 6to4).
 */
const forbidden = ranges(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  'fe80::/10',
  'ff00::/8',
)

/** Special-purpose addresses of IPv4 (RFC 6890 and its registry). */
const special4 = ranges(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
)

/** Of IPv6, what is not global unicast, and the special purposes within it. */
const global6 = ranges('2000::/3')
const special6 = ranges('2001::/23', '2001:db8::/32', '3fff::/20')

/**
 * Where an IP address leads: to the public internet, into somebody's own network (this machine included), or to where
 * no address that a person enters may ever lead. An IPv4 address written as IPv6 is never public.
 */
export function addressKind(address: string): 'public' | 'private' | 'forbidden' {
  const family = isIP(address)
  if (family === 0 || address.includes('%')) return 'forbidden'
  if (address === '::1') return 'private'
  if (forbidden.check(address, family === 6 ? 'ipv6' : 'ipv4')) return 'forbidden'
  if (family === 4) return special4.check(address, 'ipv4') ? 'private' : 'public'
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6') ? 'public' : 'private'
}
