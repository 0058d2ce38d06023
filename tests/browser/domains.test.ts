import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../testkit/app.ts'
import { launchBrowser, looks, Person } from '../testkit/browser.ts'
import { type DnsServer, startDnsServer } from '../testkit/dns-server.ts'
import { createWorld, type World } from '../testkit/scenario.ts'

let dns: DnsServer
let app: TestApp
let world: World
let browser: Browser
beforeAll(async () => {
  dns = await startDnsServer()
  app = await startTestApp({ environment: { DNS_SERVERS: dns.address } })
  world = await createWorld(app)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await dns.close()
})

async function open(cookieHeader: string, look = looks[0]): Promise<Person> {
  const person = await Person.open(browser, app.origin, look)
  await person.adopt(cookieHeader, app.origin)
  await person.page.goto('/organizations/acme/settings')
  await person.page.getByRole('heading', { name: 'Domains' }).waitFor()
  return person
}
const pictures = async (name: string) => {
  for (const look of looks) {
    const person = await open(world.owner.cookieHeader, look)
    await person.page
      .getByText(/^No domain is proved$|^Checked/)
      .first()
      .waitFor()
    await person.look(name, look)
    await person.close()
  }
}

describe('the domains of an organization', { timeout: 180_000 }, () => {
  test('an owner reads what a domain is good for, adds one, makes the record, and has it checked', async () => {
    await pictures('domains-empty')
    const person = await open(world.owner.cookieHeader)
    const { page } = person
    const dialog = page.getByRole('dialog')
    await page.getByText('No domain is proved').waitFor()
    await page.getByRole('button', { name: 'Add domain' }).press('Enter')
    await dialog.getByLabel('Domain').fill('gmail.com')
    await page.keyboard.press('Enter')
    await dialog.getByText('Anybody can get an address at gmail.com.').waitFor()
    await person.look('domains-add-refused')
    await dialog.getByLabel('Domain').fill('Acme.Example')
    await page.keyboard.press('Enter')
    const card = page.getByRole('listitem', { name: 'acme.example' })
    await card.getByText('Waiting for the record').waitFor()
    const host = await card.getByLabel('Name of the TXT record', { exact: true }).inputValue()
    expect(host).toBe('_gatehouse-challenge.acme.example')
    await card.getByRole('button', { name: 'Copy Value' }).click()
    const value = await page.evaluate(() => navigator.clipboard.readText())
    expect(value).toMatch(/^gatehouse-verification=/)

    await card.getByRole('button', { name: 'Check now' }).click()
    await card.getByText('There is no TXT record at').waitFor()
    dns.say(host, { txt: ['something else'] })
    await card.getByRole('button', { name: 'Check now' }).click()
    await card.getByText('with another value: “something else”').waitFor()
    await pictures('domains-waiting')
    dns.say(host, { txt: [value] })
    await card.getByRole('button', { name: 'Check now' }).click()
    await card.getByText(/^Proved/).waitFor()
    await page.getByText('acme.example is proved.').waitFor()
    expect(await card.getByLabel('Value', { exact: true }).count()).toBe(0)
    await card.getByRole('button', { name: 'The record to keep' }).click()
    expect(await card.getByLabel('Value', { exact: true }).inputValue()).toBe(value)
    await pictures('domains-proved')
    await person.close()
  })

  test('an owner sees that a record is missing, and removes the domain after being told what it means', async () => {
    const person = await open(world.owner.cookieHeader)
    const { page } = person
    const card = page.getByRole('listitem', { name: 'acme.example' })
    dns.say('_gatehouse-challenge.acme.example', 'NXDOMAIN')
    await card.getByRole('button', { name: 'Check now' }).click()
    await card.getByText('Proved, record not found').waitFor()
    await card.getByText('stays proved for three days').waitFor()
    await pictures('domains-missing')
    await card.getByRole('button', { name: 'Remove…' }).click()
    await page.getByRole('dialog').getByText('Nobody is signed out').waitFor()
    await person.look('domains-remove')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the domain' }).click()
    await page.getByText('No domain is proved').waitFor()
    await person.close()
  })

  test('an admin sees them and whom to ask; a member does not see them', async () => {
    const admin = await open(world.admin.client.cookieHeader)
    await admin.page.getByText('Only an Organization Owner may add, check or remove domains.').waitFor()
    await admin.page.getByText('No domain is proved').waitFor()
    for (const name of ['Add domain', 'Check now', 'Remove…']) {
      expect(await admin.page.getByRole('button', { name }).count()).toBe(0)
    }
    await admin.close()
    const member = await Person.open(browser, app.origin)
    await member.adopt(world.member.client.cookieHeader, app.origin)
    await member.page.goto('/organizations/acme/settings')
    await member.page.getByText('your role does not let you see its settings').waitFor()
    expect(await member.page.getByRole('heading', { name: 'Domains' }).count()).toBe(0)
    await member.close()
  })
})
