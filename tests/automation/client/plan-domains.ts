import type { Planning, Step } from './step.ts'

const add = `mutation($input: AddDomainInput!) { addDomain(input: $input) {
  domain { recordName recordValue verifiedAt } } }`
const remove = 'mutation($input: RemoveDomainInput!) { removeDomain(input: $input) { removedDomainId } }'

export function planDomains({ api, wanted, state, prune }: Planning): Step[] {
  if (wanted.domains === undefined) return []
  const names = wanted.domains.map((name) => name.toLowerCase())
  const known = new Set(state.domains.map(({ name }) => name))
  const added = names
    .filter((name) => !known.has(name))
    .map((name): Step => {
      const input = { organizationId: state.id, name }
      const run = async () => {
        const { addDomain } = await api.change<{ addDomain: { domain: { recordName: string; recordValue: string } } }>(
          add,
          { input },
        )
        const { recordName, recordValue } = addDomain.domain
        return [`To prove ${name}, publish the TXT record ${recordName} = ${recordValue}`]
      }
      return { kind: 'create', what: `domain ${name}`, details: [], run }
    })
  const gone = state.domains.filter(({ name }) => prune && !names.includes(name))
  return [
    ...added,
    ...gone.map(({ id: domainId, name, verifiedAt }): Step => {
      const run = async () => {
        await api.change(remove, { input: { domainId } })
        return []
      }
      return { kind: 'delete', what: `domain ${name}`, details: verifiedAt === null ? [] : ['it is verified'], run }
    }),
  ]
}
