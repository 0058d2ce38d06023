import { expect, test } from 'vitest'
import { changedFields, changedInput, rebase, type SamlFormValues, valuesOf } from './saml-form-values.ts'

const before: SamlFormValues = {
  idpSsoUrl: 'https://idp.example/sso',
  spEntityId: 'acme',
  certificate: 'one',
  idpEntityId: '',
  name: 'SAML 2.0',
  idpSloUrl: '',
  idpSloResponseUrl: '',
}

test('a draft without anything fills the form with empty fields and our Entity ID', () => {
  const draft = {
    name: 'SAML 2.0',
    idpSsoUrl: null,
    spEntityId: 'https://sp/1',
    idpEntityId: null,
    idpCertificates: [],
    idpSloUrl: null,
    idpSloResponseUrl: null,
  }
  expect(valuesOf(draft)).toEqual({
    idpSsoUrl: '',
    spEntityId: 'https://sp/1',
    certificate: '',
    idpEntityId: '',
    name: 'SAML 2.0',
    idpSloUrl: '',
    idpSloResponseUrl: '',
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
