import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { cacheFolder, inRoot } from './project.mjs'
import { run } from './run.mjs'

const everywhere = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'tsconfig.json', 'scripts/lib/build.mjs']
const isTest = (name) => /\.(test|spec)\.tsx?$/.test(name)
const generated = 'web/src/graphql/generated'

/** What is built from what. A product is made again when its sources changed, or it did. */
const products = {
  client: {
    label: 'GraphQL client',
    sources: [...everywhere, 'schema.graphql', 'web/codegen.ts', 'web/package.json', 'web/src'],
    product: generated,
    make: () => run('web', 'graphql-codegen', ['--config', 'codegen.ts']),
  },
  server: {
    label: 'server',
    sources: [...everywhere, 'server/package.json', 'server/tsconfig.json', 'server/tsconfig.build.json', 'server/src'],
    product: 'server/dist',
    async make() {
      // tsc would leave behind what came from a file that is gone.
      await rm(inRoot('server/dist'), { recursive: true, force: true })
      return run('.', 'tsc', ['-p', path.join('server', 'tsconfig.build.json')])
    },
  },
  web: {
    label: 'web console',
    sources: [
      ...everywhere,
      'schema.graphql',
      ...['codegen.ts', 'index.html', 'package.json', 'postcss.config.cjs', 'public', 'src', 'tsconfig.json'].map(
        (name) => `web/${name}`,
      ),
      'web/vite.config.ts',
    ],
    product: 'web/dist',
    make: () => run('web', 'vite', ['build', '--logLevel', 'warn']),
  },
}

/** Builds what is stale, side by side where possible. Returns whether all of it succeeded. */
export async function buildAll(say = sayOnOutput) {
  const client = build('client', say)
  const web = client.then((ok) => ok && build('web', say))
  return (await Promise.all([web, build('server', say)])).every(Boolean)
}

/** @param {'client' | 'server' | 'web'} name */
export async function build(name, say = sayOnOutput) {
  const { label, sources, product, make } = products[name]
  const state = async () => ({
    sources: await fingerprint(sources, (file) => isTest(file) || file.startsWith(generated)),
    product: await fingerprint([product]),
  })
  const before = await state()
  const stamp = path.join(cacheFolder, `built-${name}.json`)
  if ((await readFile(stamp, 'utf8').catch(() => '')) === JSON.stringify(before)) return true
  await rm(stamp, { force: true })
  const started = performance.now()
  const { ok, output } = await make()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (!ok) {
    say(`The ${label} could not be built.\n${output}`)
    return false
  }
  say(`Built the ${label} in ${seconds} s.`)
  await mkdir(cacheFolder, { recursive: true })
  // The sources as they were before: what was saved meanwhile may not be in the product.
  await writeFile(stamp, JSON.stringify({ sources: before.sources, product: await fingerprint([product]) }))
  return true
}

function sayOnOutput(sentence) {
  process.stdout.write(`${sentence}\n`)
}
