import { readFile, writeFile } from 'node:fs/promises'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { buildGatehouseSchema } from './build-schema.ts'

// Writes schema.graphql at the top level; with --check, fails when it is not what the code says.
const file = new URL('../../../schema.graphql', import.meta.url)
const printed = `${printSchema(lexicographicSortSchema(await buildGatehouseSchema()))}\n`
if (process.argv.includes('--check')) {
  if ((await readFile(file, 'utf8')) !== printed) {
    console.error('schema.graphql is stale: run `pnpm run generate:schema` and commit it.')
    process.exit(1)
  }
  console.log('schema.graphql is fresh.')
} else {
  await writeFile(file, printed)
}
