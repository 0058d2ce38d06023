import { startTestApp, type TestApp } from '../../testkit/app.ts'
import { answerMessages, type Started } from '../messages.ts'
import type { CpuReport } from './cpu.ts'

let app: TestApp | null = null
let cpuBefore = process.cpuUsage()

type Message =
  | { what: 'start'; databaseUrl: string; environment?: Record<string, string> }
  | { what: 'reset' }
  | { what: 'report' }

/** The whole application, on a database that is there already. */
answerMessages(
  async (received): Promise<Started | CpuReport> => {
    const message = received as Message
    if (message.what === 'start') {
      const database = { url: message.databaseUrl, drop: async () => {} }
      app = await startTestApp({ database, ...(message.environment && { environment: message.environment }) })
      return { origin: app.origin, setupToken: app.setupToken }
    }
    const { user, system } = process.cpuUsage(cpuBefore)
    if (message.what === 'reset') cpuBefore = process.cpuUsage()
    return { cpuMicroseconds: user + system }
  },
  async () => {
    await app?.close()
  },
)
