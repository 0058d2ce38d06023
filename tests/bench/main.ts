import { availableParallelism } from 'node:os'
import { benchEventLoop } from './event-loop/bench.ts'
import { benchVerification } from './verification.ts'

process.stdout.write(`Node ${process.version}, ${process.arch}, ${availableParallelism()} cores\n`)
await benchVerification()
await benchEventLoop()
