import { Paper, Text, Title } from '@mantine/core'
import { type FragmentType, unmask } from '../../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../../graphql/generated/gql.ts'
import { guideTitles } from '../guide/guide-titles.ts'
import { HandOver } from './hand-over.tsx'

export const SetupPanel_connection = graphql(`
  fragment SetupPanel_connection on SamlConnection {
    identityCount
    setupProgress {
      guide
      doneSteps
    }
    ...HandOver_connection
  }
`)

/** Who sets the connection up, while nobody uses it: how far they are, and the link for somebody else. */
export function SetupPanel({ connection }: { connection: FragmentType<typeof SetupPanel_connection> }) {
  const given = unmask(SetupPanel_connection, connection)
  const { identityCount, setupProgress } = given
  if (identityCount > 0) return null
  const guide = guideTitles.SamlConnection.find(({ name }) => name === setupProgress?.guide)
  const steps = setupProgress?.doneSteps.length ?? 0
  return (
    <section aria-labelledby="set-up-by">
      <Title order={2} mt={40} mb="sm" id="set-up-by">
        Who sets it up?
      </Title>
      <Paper withBorder p="lg" radius="lg">
        {guide !== undefined && (
          <Text size="sm" mb="sm" aria-live="polite">
            <strong>{guide.title}:</strong> {steps === 1 ? '1 step is' : `${steps} steps are`} done.
          </Text>
        )}
        <HandOver connection={given} />
      </Paper>
    </section>
  )
}
