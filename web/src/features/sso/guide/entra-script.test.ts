import { describe, expect, test } from 'vitest'
import { entraScript, entraTools } from './entra-script.ts'

const values = {
  redirectUrl: 'https://console.acme.example/sso/saml/sso_1/acs',
  loginUrl: 'https://console.acme.example/sso/login/sso_1',
  spEntityId: 'acme',
}

describe("the script for Entra's application", () => {
  test.each(entraTools.map(({ tool }) => tool))(
    '%s: has each of our values once, and prints the metadata of the application',
    (tool) => {
      const script = entraScript(tool, values)
      for (const value of [values.redirectUrl, values.loginUrl]) expect(script.split(value)).toHaveLength(2)
      expect(script).toMatch(/(?:identifierUris|identifier_uris).*acme/)
      expect(script).toMatch(/federationmetadata\.xml\?appid=/)
      expect(script).toContain('claims/emailaddress')
    },
  )

  const nasty = `it's "$(id)" \`id\` \${x} %{y} \\`
  test('PowerShell: a name cannot leave its quotes', () => {
    expect(entraScript('powershell', { ...values, spEntityId: nasty })).toContain(`@('${nasty.replace("'", "''")}')`)
  })
  test('Azure CLI: a name cannot leave its quotes', () => {
    const body = JSON.stringify([nasty]).replace("'", String.raw`'\''`)
    expect(entraScript('az', { ...values, spEntityId: nasty })).toContain(`--body '{"identifierUris":${body},`)
  })
  test('Terraform: a name is no template', () => {
    const text = JSON.stringify(nasty)
      .replace('${', () => '$${')
      .replace('%{', '%%{')
    expect(entraScript('terraform', { ...values, spEntityId: nasty })).toContain(`identifier_uris = [${text}]`)
  })
})
