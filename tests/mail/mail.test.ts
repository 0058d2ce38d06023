import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hours, minutes } from '../../server/src/core/clock.ts'
import type { Tx } from '../../server/src/db/client.ts'
import { queueMail } from '../../server/src/mail/queue-mail.ts'
import { createSmtp } from '../../server/src/mail/smtp.ts'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { createTestClock, type TestClock } from '../testkit/clock.ts'
import { createTestDatabase, type TestDatabase } from '../testkit/database.ts'
import { type MailServer, readMail, startMailServer } from '../testkit/mail-server.ts'

let database: TestDatabase
let clock: TestClock
let server: MailServer
let app: TestApp
let replica: TestApp
beforeAll(async () => {
  database = await createTestDatabase()
  clock = createTestClock()
  server = await startMailServer()
  const environment = {
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    MAIL_FROM: 'Gatehouse <sso@gatehouse.example>',
  }
  app = await startTestApp({ clock, database, environment })
  replica = await startTestApp({ clock, database, environment })
})
afterAll(async () => {
  await app.close()
  await replica.close()
  await server.close()
  await database.drop()
})
beforeEach(() => {
  server.received.length = 0
  server.refuse(false)
})
afterEach(() => app.db.execute('delete from mail_outbox'))

const content = {
  subject: 'Grüße & <greetings>',
  paragraphs: ['First line.', 'Second: <b>not bold</b> & "quoted".'],
  link: { label: 'Open <it>', url: 'https://sso.example.com/?a=1&b="2"' },
}
const context = () => ({ clock, publicUrl: app.origin, sendsMail: true })
const queue = (recipient = 'ada@acme.example', mail: Parameters<typeof queueMail>[3] = content) =>
  app.db.transaction((tx) => queueMail(context(), tx, recipient, mail))
const waiting = async () => {
  const rows = await app.db.execute<{ due_at: string; attempts: number }>('select due_at, attempts from mail_outbox')
  return [...rows].map((row) => ({
    attempts: row.attempts,
    wait: new Date(row.due_at).getTime() - clock.now().getTime(),
  }))
}

describe('mail', () => {
  test('goes out as text and as HTML that say the same, and is kept no longer', async () => {
    await queue()
    await app.runJobs()
    expect(server.received).toMatchObject([{ from: 'sso@gatehouse.example', to: ['ada@acme.example'] }])
    const [mail] = server.received
    if (mail === undefined) throw new Error('nothing came')
    const { headers, text, html } = readMail(mail)
    expect(headers.get('from')).toBe('Gatehouse <sso@gatehouse.example>')
    expect(headers.get('to')).toBe('ada@acme.example')
    expect(headers.get('auto-submitted')).toBe('auto-generated')
    expect(headers.get('message-id')).toMatch(/^<eml_[0-9a-z]{26}@gatehouse\.example>$/)
    expect(text).toContain('First line.')
    expect(text).toContain('Second: <b>not bold</b> & "quoted".')
    expect(text).toContain('https://sso.example.com/?a=1&b="2"')
    expect(html).toContain('<p>Second: &lt;b&gt;not bold&lt;/b&gt; &amp; &quot;quoted&quot;.</p>')
    expect(html).toContain('href="https://sso.example.com/?a=1&amp;b=&quot;2&quot;"')
    expect(html).toContain('Open &lt;it&gt;')
    expect(await waiting()).toEqual([])
  })

  test('goes to the one it is for, whatever stands in its words', async () => {
    const subject = 'Hello\r\nBcc: mallory@evil.example\r\n\r\nGone'
    await queue('ada@acme.example', { subject, paragraphs: ['.\r\nRCPT TO:<mallory@evil.example>', '\r\n.\r\nQUIT'] })
    await app.runJobs()
    expect(server.received.map(({ to }) => to)).toEqual([['ada@acme.example']])
    const [mail] = server.received
    if (mail === undefined) throw new Error('nothing came')
    expect([...readMail(mail).headers.keys()]).not.toContain('bcc')
  })

  test('is not sent when what it is about was not kept', async () => {
    const failing = app.db.transaction(async (tx: Tx) => {
      await queueMail(context(), tx, 'ada@acme.example', content)
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    await app.runJobs()
    expect(server.received).toEqual([])
  })

  test('is not queued where none is configured', async () => {
    await app.db.transaction((tx) => queueMail({ ...context(), sendsMail: false }, tx, 'ada@acme.example', content))
    expect(await waiting()).toEqual([])
  })

  test('is passed over while another replica is taking it, which holds up nothing else', async () => {
    await queue('first@acme.example')
    await queue('second@acme.example')
    const sent = () => server.received.flatMap(({ to }) => to)
    await app.db.transaction(async (tx) => {
      await tx.execute(`select 1 from mail_outbox where recipient = 'first@acme.example' for update`)
      await app.runJobs()
      expect(sent()).toEqual(['second@acme.example'])
    })
    await app.runJobs()
    expect(sent()).toEqual(['second@acme.example', 'first@acme.example'])
  })

  test('is sent once, by one replica', async () => {
    const people = Array.from({ length: 30 }, (_, index) => `person-${index}@acme.example`)
    for (const person of people) await queue(person)
    await Promise.all([app.runJobs(), replica.runJobs()])
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual(people.sort())
  })
})

describe('mail that the server does not take', () => {
  test('is tried again after a minute, then each time twice as late, up to an hour', async () => {
    server.refuse(true)
    await queue()
    const waits: number[] = []
    for (let tried = 0; tried < 8; tried += 1) {
      await app.runJobs()
      const [mail] = await waiting()
      waits.push(mail?.wait ?? 0)
      clock.advance(mail?.wait ?? 0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map(minutes))
    server.refuse(false)
    await app.runJobs()
    expect(server.received).toHaveLength(1)
    expect(await waiting()).toEqual([])
  })

  test('is given up after a day', async () => {
    server.refuse(true)
    await queue()
    for (let hour = 0; hour < 24; hour += 1) {
      await app.runJobs()
      expect(await waiting()).toHaveLength(1)
      clock.advance(hours(1))
    }
    await app.runJobs()
    expect(await waiting()).toEqual([])
    server.refuse(false)
    clock.advance(hours(2))
    await app.runJobs()
    expect(server.received).toEqual([])
  })

  test('does not hold up the others', async () => {
    const gone = await startMailServer()
    await gone.close()
    const unreachable = await startTestApp({
      clock,
      database,
      environment: { SMTP_URL: `smtp://127.0.0.1:${gone.port}`, MAIL_FROM: 'sso@gatehouse.example' },
    })
    try {
      await queue()
      await unreachable.runJobs()
      expect(await waiting()).toMatchObject([{ attempts: 1 }])
      await queue('grace@acme.example')
      await app.runJobs()
      expect(server.received.map(({ to }) => to)).toEqual([['grace@acme.example']])
    } finally {
      await unreachable.close()
    }
  })

  test('is sent by another replica when the one that took it died', async () => {
    await queue()
    // As taking it leaves it: put off, and nobody comes back.
    await app.db.execute(
      `update mail_outbox set attempts = 1, due_at = '${new Date(clock.now().getTime() + minutes(5)).toISOString()}'`,
    )
    await replica.runJobs()
    expect(server.received).toEqual([])
    clock.advance(minutes(5))
    await replica.runJobs()
    expect(server.received).toHaveLength(1)
  })
})

describe('a password for the mail server', () => {
  // An address of this machine that is not known as one: as far as we can tell, somebody else's server.
  const elsewhere = (to: MailServer) => `smtp://ada:s%40crt@[::ffff:127.0.0.1]:${to.port}`
  const mail = { id: 'eml_1', recipient: 'ada@acme.example', subject: 'S', text: 'T', html: '<p>T</p>' }
  const send = (smtpUrl: string) => createSmtp({ smtpUrl, from: 'sso@gatehouse.example' })(mail)

  test('is sent to a server on this machine', async () => {
    const local = await startMailServer({ allowInsecureAuth: true })
    try {
      await send(`smtp://ada:s%40crt@127.0.0.1:${local.port}`)
      expect(local.passwords).toEqual(['ada:s@crt'])
      expect(local.received).toMatchObject([{ user: 'ada', secure: false }])
    } finally {
      await local.close()
    }
  })

  test('is not sent elsewhere without TLS', async () => {
    const plain = await startMailServer({ allowInsecureAuth: true, disabledCommands: ['STARTTLS'] })
    try {
      await expect(send(elsewhere(plain))).rejects.toThrow(/STARTTLS/)
      expect([plain.passwords, plain.received]).toEqual([[], []])
    } finally {
      await plain.close()
    }
  })

  test.each(['smtp', 'smtps'])('is not sent over %s to a server whose certificate is not trusted', async (scheme) => {
    const untrusted = await startMailServer({ allowInsecureAuth: true, secure: scheme === 'smtps' })
    try {
      await expect(send(elsewhere(untrusted).replace('smtp:', `${scheme}:`))).rejects.toThrow(/certificate/)
      expect([untrusted.passwords, untrusted.received]).toEqual([[], []])
    } finally {
      await untrusted.close()
    }
  })
})
