import { readFile, writeFile } from 'node:fs/promises'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { buildGatehouseSchema } from './build-schema.ts'
import { describeSchema } from './describe-schema.ts'

// Writes schema.graphql at the top level, and the reference in docs; with --check, fails when one is not what the code says.
const schema = lexicographicSortSchema(await buildGatehouseSchema())
const written = { 'schema.graphql': `${printSchema(schema)}\n`, 'docs/api-reference.md': describeSchema(schema) }
const stale: string[] = []
for (const [name, text] of Object.entries(written)) {
  const file = new URL(`../../../${name}`, import.meta.url)
  if (!process.argv.includes('--check')) await writeFile(file, text)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) stale.push(name)
}
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`pnpm run generate:schema\` and commit what it writes.`)
  process.exit(1)
}
if (process.argv.includes('--check')) console.log('schema.graphql and docs/api-reference.md are fresh.')
