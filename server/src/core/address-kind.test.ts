import { expect, test } from 'vitest'
import { addressKind } from './address-kind.ts'

test.each(['8.8.8.8', '192.31.196.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a01:4f8::1'])(
  '%s is public',
  (address) => expect(addressKind(address)).toBe('public'),
)

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '203.0.113.7',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
  '2001:db8::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
])('%s is private', (address) => expect(addressKind(address)).toBe('private'))

test.each([
  '0.0.0.0',
  '169.254.169.254',
  '169.254.1.1',
  '100.100.100.200',
  '192.0.0.192',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::127.0.0.1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:1::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  'localhost',
  '',
])('%s is forbidden', (address) => expect(addressKind(address)).toBe('forbidden'))
