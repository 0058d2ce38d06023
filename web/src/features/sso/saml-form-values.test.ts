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
  subjectAttribute: '',
  emailAttribute: 'mail',
  nameAttribute: '',
  allowIdpInitiated: false,
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
    attributeMapping: { subject: null, email: null, name: null },
    allowIdpInitiated: false,
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
    subjectAttribute: '',
    emailAttribute: '',
    nameAttribute: '',
    allowIdpInitiated: false,
    signAuthnRequests: true,
    forceAuthn: false,
    requestedAuthnContext: '',
    allowCbcEncryption: false,
  })
})

test('a changed mapping is sent whole, and a switch as it stands', () => {
  expect(changedInput(before, { ...before, subjectAttribute: 'employeeId' })).toEqual({
    attributeMapping: { subject: 'employeeId', email: 'mail', name: '' },
  })
  expect(changedInput(before, { ...before, allowIdpInitiated: true })).toEqual({ allowIdpInitiated: true })
  expect(changedInput({ ...before, allowIdpInitiated: true }, before)).toEqual({ allowIdpInitiated: false })
})

test('a field is described by what stands in it', () => {
  expect(describeValue(before, 'emailAttribute')).toBe('mail')
  expect(describeValue(before, 'subjectAttribute')).toBe('empty')
  expect(describeValue(before, 'allowIdpInitiated')).toBe('off')
  expect(describeValue({ ...before, allowIdpInitiated: true }, 'allowIdpInitiated')).toBe('on')
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
