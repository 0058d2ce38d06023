import { afterEach, expect, it, vi } from 'vitest'
import { findChromium } from './chromium.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('finds a browser', async () => {
  expect(await findChromium()).toMatch(/chrom|edge/i)
})

it('takes the browser it is told to, or says what is wrong', async () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath)
  expect(await findChromium()).toBe(process.execPath)
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
  await expect(findChromium()).rejects.toThrow('CHROMIUM_PATH is /nowhere/chromium')
})
