import { Alert, List, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { CertificateList } from './certificate-list.tsx'
import { CheckTrace } from './check-trace.tsx'
import { FailedChecks } from './failed-checks.tsx'
import type { Diagnosis } from './use-diagnose.ts'

/** What a pasted text is, and what to do. */
export function DiagnosisResult({ diagnosis }: { diagnosis: Diagnosis }) {
  const { kind, title, explanation, whatToDo, checks, notReached, certificates } = diagnosis
  return (
    <Stack gap="md">
      <Alert
        color={kind === 'PRIVATE_KEY' ? 'red' : 'gray'}
        icon={<IconInfoCircle size={18} aria-hidden="true" />}
        title={title}
      >
        <Stack gap="xs">
          <Text size="sm">{explanation}</Text>
          <FailedChecks checks={checks} />
          <List size="sm" spacing={4}>
            {whatToDo.map((sentence) => (
              <List.Item key={sentence} style={{ overflowWrap: 'anywhere' }}>
                {sentence}
              </List.Item>
            ))}
          </List>
        </Stack>
      </Alert>
      {certificates.length > 0 && <CertificateList certificates={certificates} />}
      {checks.length > 0 && <CheckTrace checks={checks} notReached={notReached} />}
    </Stack>
  )
}
