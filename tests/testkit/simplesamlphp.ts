import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { freePort } from './app.ts'
import { createSigningKey } from './certificates.ts'
import type { IdentityProviderSite } from './identity-provider-site.ts'

/** Where Debian's package simplesamlphp puts the pages of SimpleSAMLphp 1.19. */
const webRoot = '/usr/share/simplesamlphp/www'
/** Starts PHP so that it is ended when we end, even killed. */
const setpriv = '/usr/bin/setpriv'
const phpThatEndsWithUs = ['--pdeathsig', 'TERM', 'php']
const password = 'correct horse battery'

export type ServiceProvider = { entityId: string; acsUrl: string }

export type SimpleSamlPhp = IdentityProviderSite & {
  certificate: string
  /** Makes a service provider known while it runs, instead of the one before. */
  register(serviceProvider: ServiceProvider): void
  /** Fills in its login form. */
  logIn(page: Page, user: string): Promise<void>
}

/** What is missing for SimpleSAMLphp to run here; null when nothing is. */
export function missingForSimpleSamlPhp(): string | null {
  const endpoint = `${webRoot}/saml2/idp/SSOService.php`
  if (!fs.existsSync(endpoint)) return `there is no ${endpoint}`
  const php = spawnSync(setpriv, [...phpThatEndsWithUs, '-r', 'exit(extension_loaded("dom") ? 0 : 1);'])
  return php.status === 0 ? null : 'PHP with DOM (php-cli, php-xml) does not start'
}

/** A PHP file that sets a variable, which is how SimpleSAMLphp is configured. */
const phpFile = (variable: string, value: object): string =>
  `<?php $${variable} = json_decode(<<<'JSON'\n${JSON.stringify(value)}\nJSON, true);\n`

const config = (folder: string, origin: string) => ({
  baseurlpath: `${origin}/`,
  certdir: folder,
  metadatadir: folder,
  datadir: folder,
  loggingdir: folder,
  tempdir: folder,
  'session.phpsession.savepath': folder,
  'store.type': 'phpsession',
  'logging.handler': 'stderr',
  secretsalt: 'of a test',
  'enable.saml20-idp': true,
  'module.enable': { exampleauth: true },
})

const hosted = {
  host: '__DEFAULT__',
  privatekey: 'key.pem',
  certificate: 'certificate.pem',
  auth: 'users',
  NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  authproc: {
    10: { class: 'saml:PersistentNameID', attribute: 'uid' },
    // The metadata of a service provider can add to the Audience but not replace it: this does, for some users.
    20: {
      class: 'core:PHP',
      code: `if (isset($attributes['audience'])) {
        $state['SPMetadata']['entityid'] = $attributes['audience'][0];
        unset($attributes['audience']);
      }`,
    },
  },
}

/**
 * SimpleSAMLphp, an identity provider that we did not write, on 127.0.0.1: another site than localhost.
 * @param users who can log in; with an audience, for whom their assertions are instead of who asked.
 */
export async function startSimpleSamlPhp(users: Record<string, { audience?: string }>): Promise<SimpleSamlPhp> {
  const signer = await createSigningKey({ name: 'SimpleSAMLphp' })
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-simplesamlphp-'))
  const write = (name: string, text: string | Buffer): void => fs.writeFileSync(path.join(folder, name), text)
  const people = Object.entries(users).map(([user, more]) => [
    `${user}:${password}`,
    { uid: user, mail: `${user}@acme.example`, displayName: `${user} Ångström & Søn`, ...more },
  ])
  write('key.pem', signer.key.export({ type: 'pkcs8', format: 'pem' }))
  write('certificate.pem', signer.certificate)
  write('config.php', phpFile('config', config(folder, origin)))
  write('authsources.php', phpFile('config', { users: { 0: 'exampleauth:UserPass', ...Object.fromEntries(people) } }))
  write('saml20-idp-hosted.php', phpFile('metadata', { '__DYNAMIC:1__': hosted }))

  // OPcache would not see at once that a service provider was registered.
  const settings = ['display_errors=0', 'opcache.enable=0'].flatMap((setting) => ['-d', setting])
  const child = spawn(setpriv, [...phpThatEndsWithUs, ...settings, '-S', `127.0.0.1:${port}`, '-t', webRoot], {
    env: { PATH: process.env['PATH'], SIMPLESAMLPHP_CONFIG_DIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const closed = once(child, 'close')
  const close = async (): Promise<void> => {
    child.kill()
    await closed
    fs.rmSync(folder, { recursive: true, force: true })
  }

  const deadline = performance.now() + 20_000
  const answers = (): Promise<boolean> =>
    fetch(`${origin}/saml2/idp/metadata.php`).then(
      async (response) => (await response.text(), response.ok),
      () => false,
    )
  while (!(await answers())) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await close()
      throw new Error(`SimpleSAMLphp does not start:\n${output}`)
    }
    await sleep(50)
  }
  return {
    certificate: signer.certificate,
    ssoUrl: `${origin}/saml2/idp/SSOService.php`,
    register({ entityId, acsUrl }) {
      const location = { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: acsUrl, index: 0 }
      write('saml20-sp-remote.php', phpFile('metadata', { [entityId]: { AssertionConsumerService: [location] } }))
    },
    async logIn(page, user) {
      await page.getByLabel('Username').fill(user)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Login' }).click()
    },
    close,
  }
}
