import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { cacheFolder } from './project.mjs'
import { start } from './run.mjs'

/** Runs all tests, printing as they go, and counts them. */
export async function runTests(args = []) {
  const report = path.join(cacheFolder, `vitest-${process.pid}.json`)
  await mkdir(cacheFolder, { recursive: true })
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await new Promise((resolve) => {
      const child = start('tests', 'vitest', ['run', '--config', 'vitest.config.ts', ...reporters, ...args], {
        stdio: 'inherit',
      })
      child.once('error', () => resolve(1))
      child.once('close', (code) => resolve(code ?? 1))
    })
    return count(code, JSON.parse(await readFile(report, 'utf8').catch(() => '{}')))
  } finally {
    await rm(report, { force: true })
  }
}

function count(code, { testResults = [] }) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of testResults) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed++
      else if (status === 'failed') counts.failed++
      else counts.skipped++
    }
    // A file that failed before or beside its tests.
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) counts.failed++
  }
  const nothingRan = counts.passed + counts.failed === 0
  // An error outside all tests, or none at all.
  if (counts.failed === 0 && (code !== 0 || nothingRan)) counts.failed++
  return { ok: counts.failed === 0, counts }
}
