import { Button, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './certificate-list.module.css'
import { SpCertificateItem } from './sp-certificate-item.tsx'
import { mayDelete, wordsFor } from './sp-certificate-words.ts'
import { type SpKeyAction, SpKeyConfirmation } from './sp-key-confirmation.tsx'

export const OurCertificates_connection = graphql(`
  fragment OurCertificates_connection on SamlConnection {
    id
    signAuthnRequests
    spCertificates {
      id
      use
      state
      ...SpCertificateItem_certificate
    }
  }
`)

type Props = {
  connection: FragmentType<typeof OurCertificates_connection>
  /** Without the permission sso:manage they are shown, to be copied. */
  mayManage: boolean
}

const uses = [
  { use: 'ENCRYPTION', article: 'an', noun: 'encryption' },
  { use: 'SIGNING', article: 'a', noun: 'signing' },
] as const

/** Our own certificates, for the identity provider. */
export function OurCertificates({ connection, mayManage }: Props) {
  const { id, signAuthnRequests: signing, spCertificates } = unmask(OurCertificates_connection, connection)
  const [action, setAction] = useState<SpKeyAction | null>(null)
  const countOf = (use: string) => spCertificates.filter((certificate) => certificate.use === use).length
  return (
    <section aria-labelledby="our-certificates">
      <Group justify="space-between" mt={40} mb="sm" gap="sm">
        <Title order={2} id="our-certificates">
          Our certificates
        </Title>
        {mayManage && (
          <Group gap="xs">
            {uses.map(({ use, article, noun }) => (
              <Button
                key={use}
                size="xs"
                variant="default"
                onClick={() => setAction({ kind: 'rotate', use, first: countOf(use) === 0 })}
              >
                {countOf(use) === 0 ? `Make ${article} ${noun} certificate` : `Rotate ${noun} certificate`}
              </Button>
            ))}
          </Group>
        )}
      </Group>
      {spCertificates.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet, and most connections need none. An identity provider that reads our metadata finds an encryption
          certificate in it, which is made then; the signing certificate is made when you switch on the signing of
          requests.
        </Text>
      ) : (
        <ul className={classes['list']} aria-label="Our certificates">
          {spCertificates.map((certificate) => {
            const words = wordsFor(certificate, signing)
            const replacedBy = certificate.state === 'CURRENT' && signing
            const remove = () => setAction({ kind: 'delete', keyId: certificate.id, title: words.title, replacedBy })
            return (
              <SpCertificateItem
                key={certificate.id}
                certificate={certificate}
                words={words}
                {...(mayManage && mayDelete(certificate, spCertificates, signing) && { onDelete: remove })}
              />
            )
          })}
        </ul>
      )}
      {action !== null && <SpKeyConfirmation action={action} connectionId={id} onClose={() => setAction(null)} />}
    </section>
  )
}
