import { expect, test } from 'vitest'
import {
  changedFields,
  changedInput,
  describeValue,
  rebase,
  type SamlFormValues,
  valuesOf,
} from './saml-form-values.ts'

const before: SamlFormValues = {
  idpSsoUrl: 'https://idp.example/sso',
  spEntityId: 'acme',
  certificate: 'one',
  idpEntityId: '',
  name: 'SAML 2.0',
  signAuthnRequests: false,
  forceAuthn: false,
  requestedAuthnContext: '',
  allowCbcEncryption: false,
}

test('a draft without anything fills the form with empty fields and our Entity ID', () => {
  const draft = {
    name: 'SAML 2.0',
    idpSsoUrl: null,
    spEntityId: 'https://sp/1',
    idpEntityId: null,
    idpCertificates: [],
    signAuthnRequests: true,
    forceAuthn: false,
    requestedAuthnContext: null,
    allowCbcEncryption: false,
  }
  expect(valuesOf(draft)).toEqual({
    idpSsoUrl: '',
    spEntityId: 'https://sp/1',
    certificate: '',
    idpEntityId: '',
    name: 'SAML 2.0',
    signAuthnRequests: true,
    forceAuthn: false,
    requestedAuthnContext: '',
    allowCbcEncryption: false,
  })
})

test('only changed fields are sent', () => {
  expect(changedInput(before, before)).toEqual({})
  expect(changedInput(before, { ...before, name: 'Entra', certificate: 'two' })).toEqual({
    name: 'Entra',
    idpCertificates: ['two'],
  })
})

test('white space around a value is no change', () => {
  expect(changedFields(before, { ...before, idpSsoUrl: ` ${before.idpSsoUrl}\n` })).toEqual([])
})

test('an emptied certificate field takes the certificates away', () => {
  expect(changedInput(before, { ...before, certificate: ' ' })).toEqual({ idpCertificates: [] })
})

test('somebody else’s changes stay where mine changed nothing', () => {
  const mine = { ...before, name: 'Mine' }
  const theirs = { ...before, name: 'Theirs', spEntityId: 'theirs' }
  expect(rebase(before, mine, theirs)).toEqual({ ...before, name: 'Mine', spEntityId: 'theirs' })
})

test('a switch is sent as it stands, and an emptied context takes the demand away', () => {
  expect(changedInput(before, { ...before, signAuthnRequests: true })).toEqual({ signAuthnRequests: true })
  expect(changedInput({ ...before, forceAuthn: true }, before)).toEqual({ forceAuthn: false })
  expect(changedInput(before, { ...before, allowCbcEncryption: true })).toEqual({ allowCbcEncryption: true })
  expect(changedInput({ ...before, requestedAuthnContext: 'urn:x' }, before)).toEqual({ requestedAuthnContext: '' })
})

test('what a switch says is on or off', () => {
  expect(describeValue(before, 'forceAuthn')).toBe('off')
  expect(describeValue({ ...before, forceAuthn: true }, 'forceAuthn')).toBe('on')
  expect(describeValue(before, 'requestedAuthnContext')).toBe('empty')
})
