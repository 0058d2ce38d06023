import { runClient } from './main.ts'

const line = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(`${text}\n`)

process.exitCode = await runClient(process.argv.slice(2), {
  environment: process.env,
  print: line(process.stdout),
  complain: line(process.stderr),
})
