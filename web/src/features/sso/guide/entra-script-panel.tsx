import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { CopyableText } from './copyable-text.tsx'
import { type EntraTool, type EntraValues, entraScript, entraTools } from './entra-script.ts'

/** Steps 1 to 5 of Entra's guide as a script, in the language that the person has at hand. */
export function EntraScriptPanel({ values }: { values: EntraValues }) {
  const [chosen, setChosen] = useState<EntraTool>('powershell')
  const tool = entraTools.find(({ tool: each }) => each === chosen)
  return (
    <Disclosure label="Do it with a script instead">
      <Stack gap="sm" mt="xs">
        <Text size="sm">
          It does steps 1 to 4 with our values in place, and prints the App Federation Metadata Url of step 5. Read it
          before you run it; the claims are then a policy, which Entra’s page of claims does not change.
        </Text>
        <SegmentedControl
          aria-label="Language of the script"
          value={chosen}
          onChange={(value) => setChosen(value as EntraTool)}
          data={entraTools.map(({ tool: value, label }) => ({ value, label }))}
        />
        <Text size="xs" c="dimmed">
          You need: {tool?.needs}
        </Text>
        <CopyableText label={`${tool?.label} script`} text={entraScript(chosen, values)} />
      </Stack>
    </Disclosure>
  )
}
