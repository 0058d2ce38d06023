import { makeDocuments } from './documents.ts'
import { type Cost, measure } from './measure.ts'
import { makeSystems } from './systems.ts'
import { figure, table } from './table.ts'

const rounds = 12
const groupCounts = [0, 150, 300, 600, 1200]

const write = (text: string): void => void process.stdout.write(`${text}\n`)

function compare(costs: readonly Cost[]): string {
  const of = (name: string): number => costs.find(({ title }) => title.startsWith(name))?.median ?? Number.NaN
  const [samlify, nodeSaml, limit] = [of('samlify'), of('node-saml'), of('limit')]
  return table(
    ['', 'per s', 'µs', 'p99 µs', '× samlify', '× node-saml', '% of RSA limit'],
    costs.map(({ title, median, p99 }) => [
      title,
      figure(1e6 / median),
      figure(median),
      figure(p99),
      figure(samlify / median),
      figure(nodeSaml / median),
      figure((100 * limit) / median),
    ]),
  )
}

/** What it costs to verify one response: ours, the libraries', and what cannot be left out. */
export async function benchVerification(): Promise<void> {
  const now = new Date()
  const { idp, trust, documents, withGroups } = await makeDocuments(now)
  for (const document of documents) {
    const costs = await measure(makeSystems(document, idp, trust, now), rounds)
    write(`\n${document.title} (${document.bytes} bytes)\n\n${compare(costs)}`)
  }
  write(`\nGatehouse by number of groups\n\n${await compareGroups()}`)

  async function compareGroups(): Promise<string> {
    const systems = groupCounts.flatMap((groups) => makeSystems(withGroups(groups), idp, trust, now).slice(0, 1))
    const costs = await measure(systems, rounds)
    const none = costs[0]?.median ?? Number.NaN
    return table(
      ['groups', 'µs', 'µs for each group'],
      costs.map(({ median }, index) => {
        const groups = groupCounts[index] ?? 0
        return [String(groups), figure(median), groups === 0 ? '' : figure((median - none) / groups)]
      }),
    )
  }
}
