import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { cacheFolder, inRoot, root } from './project.mjs'
import { run } from './run.mjs'

/** Whether drizzle/ says all that the tables in the code say. Generates into a copy, so nothing changes here. */
export async function checkMigrations() {
  await mkdir(cacheFolder, { recursive: true })
  const copy = await mkdtemp(path.join(cacheFolder, 'migrations-'))
  try {
    await cp(inRoot('drizzle'), copy, { recursive: true })
    const content = () => fingerprint([path.relative(root, copy)])
    const before = await content()
    // drizzle-kit takes no absolute folder.
    const out = path.relative(inRoot('server'), copy).replaceAll(path.sep, '/')
    const options = ['--dialect', 'postgresql', '--out', out]
    const generated = await run('server', 'drizzle-kit', ['generate', ...options, '--schema', './src/db/schema'])
    const added = (await readdir(copy)).filter((name) => name.endsWith('.sql'))
    if (!generated.ok || (await content()) !== before) {
      const known = new Set(await readdir(inRoot('drizzle')))
      const news = added.filter((name) => !known.has(name))
      const advice =
        'The tables in the code are not those of drizzle/: run `npm run generate` and commit the migration.'
      return { ok: false, output: `${generated.output}\n${news.length > 0 || generated.ok ? advice : ''}\n` }
    }
    return await run('server', 'drizzle-kit', ['check', ...options])
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
