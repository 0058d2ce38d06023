import { availableParallelism } from 'node:os'
import { benchEventLoop } from './event-loop/bench.ts'
import { benchGraphql, benchMembers } from './members/bench.ts'
import { benchVerification } from './verification.ts'

const parts = {
  async saml() {
    await benchVerification()
    await benchEventLoop()
  },
  members: benchMembers,
  graphql: benchGraphql,
}

/** `members 10000 100000`: one part, or all of them, and the sizes of the organizations where they are others. */
const isPart = (word: string): word is keyof typeof parts => word in parts
const words = process.argv.slice(2)
const chosen = words.filter(isPart)
const sizes = words.filter((word) => !isPart(word)).map(Number)
if (sizes.some((size) => !Number.isInteger(size) || size < 1000)) {
  process.stderr.write(`Say which of ${Object.keys(parts).join(', ')}, and sizes of at least 1000.\n`)
  process.exit(1)
}
process.stdout.write(`Node ${process.version}, ${process.arch}, ${availableParallelism()} cores\n`)
for (const part of chosen.length > 0 ? chosen : (Object.keys(parts) as (keyof typeof parts)[])) await parts[part](sizes)
