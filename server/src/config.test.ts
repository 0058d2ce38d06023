import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const from = 'Gatehouse <sso@example.com>'

describe('mail', () => {
  test('is configured by both variables, and off without', () => {
    expect(readConfig({}, 'data').mail).toBeNull()
    expect(readConfig({ SMTP_URL: '', MAIL_FROM: '' }, 'data').mail).toBeNull()
    const smtpUrl = 'smtps://user:p%40ss@smtp.example.com:465'
    expect(readConfig({ SMTP_URL: smtpUrl, MAIL_FROM: from }, 'data').mail).toEqual({ smtpUrl, from })
  })

  test.each([{ SMTP_URL: 'smtp://localhost' }, { MAIL_FROM: from }])('is not configured by one: %j', (environment) => {
    expect(() => readConfig(environment, 'data')).toThrow(/SMTP_URL and MAIL_FROM go together/)
  })

  test.each([
    'smtp.example.com',
    'http://smtp.example.com',
    'smtp://',
    'smtp://host/path',
    'smtp://host?a=b',
    'smtp://ho st',
    'smtp://user:50%off@host',
    'smtp://user:%ff@host',
  ])('does not go to %s', (url) =>
    expect(() => readConfig({ SMTP_URL: url, MAIL_FROM: from }, 'data')).toThrow(/SMTP_URL must be an address/),
  )

  test.each(['sso@example.com', 'Gatehouse <sso@example.com>'])('may come from %s', (sender) => {
    expect(readConfig({ SMTP_URL: 'smtp://localhost:25', MAIL_FROM: sender }, 'data').mail?.from).toBe(sender)
  })

  test.each([
    'Gatehouse',
    'sso@',
    'a@example.com, b@example.com',
    'A <a@example.com>, B <b@example.com>',
    'A\n<a@example.com>',
  ])('does not come from %j', (sender) =>
    expect(() => readConfig({ SMTP_URL: 'smtp://localhost', MAIL_FROM: sender }, 'data')).toThrow(/MAIL_FROM must be/),
  )

  test('says nothing of the password when it is wrong', () => {
    const environment = { SMTP_URL: 'smtp://user:hunter2@host/?x', MAIL_FROM: from }
    expect(() => readConfig(environment, 'data')).toThrow(expect.not.stringContaining('hunter2'))
  })
})

describe('DNS servers', () => {
  test('are those of the operating system, unless named', () => {
    expect(readConfig({}, 'data').dnsServers).toBeNull()
    expect(readConfig({ DNS_SERVERS: '192.0.2.53, 127.0.0.1:5353,[2001:db8::53]:53' }, 'data').dnsServers).toEqual([
      '192.0.2.53',
      '127.0.0.1:5353',
      '[2001:db8::53]:53',
    ])
  })

  test.each(['dns.example.com', '192.0.2.53,', '192.0.2.53:port', '192.0.2', '192.0.2.53:0', '192.0.2.53:65536'])(
    'are addresses, and not %j',
    (servers) => expect(() => readConfig({ DNS_SERVERS: servers }, 'data')).toThrow(/DNS_SERVERS must be addresses/),
  )
})
