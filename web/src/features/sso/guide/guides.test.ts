import { describe, expect, test } from 'vitest'
import type { Guide } from './guide.ts'
import { guideTitles } from './guide-titles.ts'
import { guideValues } from './guide-values.ts'
import { guides } from './guides.ts'

const all = Object.entries(guides).flatMap(([kind, some]) => some.map((guide) => [guide.name, kind, guide] as const))
const textsOf = ({ steps, mistakes }: Guide): string[] => [
  ...steps.flatMap(({ title, text, see = '' }) => [title, ...text, see]),
  ...mistakes.flatMap(({ sign, fix }) => [sign, fix]),
]

describe('a guide', () => {
  test('has a name of its own, and is offered by it', () => {
    expect(new Set(all.map(([name]) => name)).size).toBe(all.length)
    const offered = Object.values(guideTitles).flat()
    expect(all.map(([, , { name, title }]) => ({ name, title }))).toEqual(offered)
  })

  test.each(all)(
    '%s: has steps with names, each once, and ends with a test',
    (_name, _kind, { name, steps, mistakes }) => {
      const names = steps.map((step) => step.name)
      expect(new Set(names).size).toBe(names.length)
      for (const each of [name, ...names]) expect(each).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      expect(names.at(-1)).toBe('test')
      expect(mistakes.length).toBeGreaterThan(1)
    },
  )

  test.each(all)('%s: shows the redirect URL, and no value that its protocol lacks', (_name, kind, { steps }) => {
    const saml = kind === 'SamlConnection'
    const ours = { redirectUrl: 'https://here.example/acs', loginUrl: 'https://here.example/login' }
    const values = guideValues(
      saml ? { ...ours, spEntityId: 'acme', spMetadataUrl: 'https://here.example/metadata' } : ours,
    )
    const shown = steps.flatMap((step) => step.values ?? [])
    expect(shown.map(({ value }) => value)).toContain('redirectUrl')
    expect(/spEntityId|auth0Settings/.test(JSON.stringify(shown))).toBe(saml)
    for (const { value } of shown) expect(values[value]).not.toBe('')
  })

  test.each(all)('%s: marks fields that its drawings have', (_name, _kind, { steps }) => {
    for (const { menu, chosen, marked, fields } of steps.flatMap(({ place }) => place ?? [])) {
      expect(menu[chosen]).toBeDefined()
      expect(marked.length).toBeGreaterThan(0)
      for (const index of marked) expect(fields[index]).toBeDefined()
    }
  })

  test.each(all)('%s: closes each mark in its texts, and names steps that there are', (_name, _kind, guide) => {
    for (const text of textsOf(guide)) {
      expect(text.split('**').length % 2).toBe(1)
      const numbers = [...text.matchAll(/steps? (\d+)(?: (?:and|to) (\d+))?/g)].flatMap(([, ...found]) => found)
      for (const number of numbers.filter((found) => found !== undefined)) {
        expect(guide.steps[Number(number) - 1]).toBeDefined()
      }
    }
  })
})

describe('a value', () => {
  test('for a validator matches the redirect URL and nothing beside it', () => {
    const url = 'https://console.acme.example:8443/sso/saml/sso_1/acs?a=(b)+[c]'
    const { redirectUrlPattern } = guideValues({ redirectUrl: url, loginUrl: url })
    const pattern = new RegExp(redirectUrlPattern)
    expect(pattern.test(url)).toBe(true)
    for (const other of [`${url}x`, `x${url}`, url.replace('.', 'x')]) expect(pattern.test(other)).toBe(false)
  })
})
