import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { recognize } from './recognize.ts'

const response = '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"/>'
const request = '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"/>'
const metadata = '<!-- ours --><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>'
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const deflated = (text: string): string => deflateRawSync(text).toString('base64')
const encoded = base64(response)

describe('recognize', () => {
  test.each([
    ['Base64', encoded, 'encoded'],
    ['Base64 in lines', encoded.replace(/(.{20})/g, '$1\r\n'), 'encoded'],
    ['Base64 with the encoding of a form', encodeURIComponent(encoded), 'encoded'],
    ['a form’s body', `SAMLResponse=${encodeURIComponent(encoded)}&RelayState=%2F`, 'encoded'],
    ['a form’s body the other way round', `RelayState=%2F&SAMLResponse=${encodeURIComponent(encoded)}`, 'encoded'],
    ['a row of a browser’s tools', `SAMLResponse: ${encoded}`, 'encoded'],
    [
      'the page that posts it',
      `<!doctype html><form><input name="SAMLResponse" type="hidden" value="${encoded}"></form>`,
      'encoded',
    ],
    [
      'the page, with its plus signs escaped',
      `<html><input value="${encoded.replaceAll('+', '&#43;')}" name="SAMLResponse"></html>`,
      'encoded',
    ],
    [
      'an export of SAML-tracer',
      JSON.stringify({ requests: [{ method: 'POST', post: [['SAMLResponse', encoded]] }] }),
      'encoded',
    ],
    [
      'an export of SAML-tracer that holds it decoded',
      JSON.stringify({ requests: [{ saml: request }, { saml: response }] }),
      'xml',
    ],
    [
      'a HAR file',
      JSON.stringify({ log: { entries: [{ postData: { params: [{ name: 'SAMLResponse', value: encoded }] } }] } }),
      'encoded',
    ],
    ['deflated', deflated(response), 'deflated'],
    ['an address', `https://sso.example/acs?SAMLResponse=${encodeURIComponent(deflated(response))}`, 'deflated'],
    ['XML', response, 'xml'],
    ['XML with a declaration', `\uFEFF<?xml version="1.0"?>\n${response}`, 'xml'],
  ])('knows a SAML response as %s', (_form, text, form) => {
    expect(recognize(text)).toMatchObject({ kind: 'SAML_RESPONSE', form })
  })

  test('takes the last of several responses', () => {
    const last = response.replace('_1', '_2')
    expect(recognize(`SAMLResponse=${encoded}&x\nSAMLResponse=${base64(last)}`)).toMatchObject({ xml: last })
  })

  test('knows a response that is broken, so that the trace can say where', () => {
    expect(recognize(response.replace('/>', '>')).kind).toBe('SAML_RESPONSE')
  })

  test.each([
    ['AADSTS50105', '50105'],
    ['Sorry … AADSTS700016: Application with identifier …\nCorrelation ID: 1', '700016'],
    ['https://login.microsoftonline.com/error?code=50011', '50011'],
    ['50011', '50011'],
    ['<html><body>AADSTS75011: …</body></html>', '75011'],
    ['<div>AADSTS75011: …</div>', '75011'],
    [
      `https://login.microsoftonline.com/x/saml2?SAMLRequest=${encodeURIComponent(deflated(request))} AADSTS75011`,
      '75011',
    ],
  ])('knows an error of Entra in %s', (text, code) => {
    expect(recognize(text)).toEqual({ kind: 'ENTRA_ERROR', code })
  })

  const key = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----'
  test.each([
    ['alone', key],
    ['of RSA', key.replaceAll('PRIVATE', 'RSA PRIVATE')],
    ['beside a certificate', `-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n${key}`],
    ['beside a response', `SAMLResponse=${encoded}\n${key}`],
    ['beside an error', `AADSTS50105 ${key}`],
  ])('takes nothing of a private key: %s', (_where, text) => {
    expect(recognize(text)).toEqual({ kind: 'PRIVATE_KEY' })
  })

  test.each([
    ['an authentication request', request, 'SAML_REQUEST'],
    [
      'the address of one',
      `https://idp.example/sso?SAMLRequest=${encodeURIComponent(deflated(request))}&RelayState=x`,
      'SAML_REQUEST',
    ],
    ['metadata', metadata, 'METADATA'],
    ['metadata in Base64', base64(metadata.replace('<!-- ours -->', '')), 'METADATA'],
    ['a message about signing out', request.replace('AuthnRequest', 'LogoutRequest'), 'LOGOUT_MESSAGE'],
    ['a bare assertion', '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/>', 'ASSERTION'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----', 'CERTIFICATE'],
    ['a certificate without its lines', `MIIC${'A'.repeat(400)}`, 'CERTIFICATE'],
    ['a token', `eyJhbGciOiJub25lIn0.${Buffer.from('{"iss":"x"}').toString('base64url')}.sig`, 'TOKEN'],
    ['a token with its scheme', `Bearer eyJhbGciOiJub25lIn0.${Buffer.from('[]').toString('base64url')}.`, 'TOKEN'],
    ['an address', 'https://idp.example/sso', 'ADDRESS'],
    ['a refusal of OpenID Connect', 'https://sso.example/callback?error=access_denied', 'OIDC_ERROR'],
    ['one that Entra explains better', '?error=access_denied&error_description=AADSTS50105', 'ENTRA_ERROR'],
    ['a discovery document', '{"issuer":"x","authorization_endpoint":"y"}', 'DISCOVERY_DOCUMENT'],
    ['other JSON', '{"issuer":"x"}', 'UNKNOWN'],
    ['an address that only mentions errors', 'https://idp.example/?errors=none&x_error=access', 'ADDRESS'],
    ['our reference', 'Reference: att_01m88aqz03001r4wskx9qqb25e', 'REFERENCE'],
    ['our reason', 'Reason: AUDIENCE_MISMATCH', 'FAILURE_REASON'],
    ['an error of Google', 'Error: app_not_configured_for_user', 'GOOGLE_ERROR'],
    ['XML that is cut off', '<EntityDescriptor', 'BROKEN_XML'],
    ['another document', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'UNKNOWN'],
    ['words', 'It does not work', 'UNKNOWN'],
    ['other words in capitals', 'SOME_REASON', 'UNKNOWN'],
  ])('knows %s', (_what, text, kind) => {
    expect(recognize(text).kind).toBe(kind)
  })

  test.each([
    ['white space after a name', `SAMLResponse${' '.repeat(300_000)}`],
    ['many names', 'name="SAMLResponse" '.repeat(17_000)],
    ['a deep nesting', '['.repeat(150_000) + ']'.repeat(150_000)],
    ['a bomb', deflateRawSync(Buffer.alloc(50_000_000, 60)).toString('base64')],
    ['capitals', 'A_'.repeat(170_000)],
    ['many errors', 'error = ?error='.repeat(23_000)],
    ['an object without end', '{"a":'.repeat(70_000)],
  ])('is not kept busy by %s', (_what, text) => {
    const start = performance.now()
    recognize(text)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  test.each([
    ['values that are none', 'SAMLResponse=AAAAAAAAAAAAAAAA '.repeat(11_900)],
    ['small documents', `[${Array(51_000).fill('"<a/>"').join(',')}]`],
  ])('looks at the last ones of many and leaves it at that: %s', (_what, text) => {
    // The best of five: others use this machine too.
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      recognize(text)
      return performance.now() - start
    })
    expect(Math.min(...times)).toBeLessThan(120)
  })

  test('finds the response behind many values that are none', () => {
    const text = `${'SAMLResponse=AAAAAAAAAAAAAAAA '.repeat(11_000)}SAMLResponse=${encoded}`
    expect(recognize(text)).toMatchObject({ kind: 'SAML_RESPONSE' })
  })
})
