import type { DomainRow } from './domain.store.ts'

/** A domain as the API shows it, with the record to make. */
export type DomainView = DomainRow & { recordName: string; recordValue: string }

export const viewDomain = (row: DomainRow): DomainView => ({
  ...row,
  recordName: challengeName(row.name),
  recordValue: row.challenge,
})

/** Where the TXT record stands that proves a domain. */
export const challengeName = (domain: string): string => `_gatehouse-challenge.${domain}`
