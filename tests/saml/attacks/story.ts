import { expect } from 'vitest'
import type { TestApp } from '../../testkit/app.ts'
import type { BrowserSession } from '../../testkit/browser-session.ts'
import { GraphqlClient } from '../../testkit/graphql-client.ts'
import type { Person } from '../../testkit/identity-provider.ts'
import { type SamlConnection, type Step, stepOf, type World } from '../../testkit/scenario.ts'
import { countStored } from '../../testkit/stored.ts'
import type { RowId } from './rows.ts'

/** Where a story is played: two organizations, each with its identity provider. */
export type Stage = { app: TestApp; world: World }

/** An attack that takes more than one document: on what we remember, on the browser, on the form. */
export type Story = { row: RowId; what: string; play: (stage: Stage) => Promise<void> }

let number = 0
/** Somebody whom nobody has seen yet. */
export const somebody = (): Person => {
  number += 1
  return { subject: `stranger-${number}`, email: `stranger-${number}@acme.example` }
}

export const reasonOf = (step: Step): string => ('refused' in step ? step.refused : `led to ${step.location}`)

/** Posts any form to the ACS. */
export async function postForm(
  browser: BrowserSession,
  connection: SamlConnection,
  fields: [string, string][],
): Promise<Step> {
  return stepOf(await browser.postFromOtherSite(new URL(connection.redirectUrl).pathname, fields))
}

/** What is done makes no user, no membership, no session, and nothing that could become one. */
export async function makesNothing({ app }: Stage, act: () => Promise<void>): Promise<void> {
  const before = await countStored(app.db)
  await act()
  expect(await countStored(app.db)).toEqual(before)
}

/** Whether the browser is signed in. */
export const signedInAs = async ({ app }: Stage, browser: BrowserSession): Promise<string> => {
  const client = new GraphqlClient(app.origin).withCookies(browser.cookieHeader())
  const code = await client.codeOf('{ viewer { user { id } } }')
  if (code !== 'OK') return code
  const { viewer } = await client.run<{ viewer: { user: { email: string } } }>('{ viewer { user { email } } }')
  return viewer.user.email
}
