import { Anchor, Code, Text, Title } from '@mantine/core'
import classes from './how-to-send.module.css'

/** What a script does with a token, ready to be tried. */
export function HowToSend() {
  const request = [
    `curl ${location.origin}/graphql \\`,
    "  --header 'Authorization: Bearer gatehouse_…' \\",
    "  --header 'Content-Type: application/json' \\",
    `  --data '{"query":"{ viewer { accessToken { name } } }"}'`,
  ].join('\n')
  return (
    <section className={classes['section']} aria-labelledby="how-to-send">
      <Title order={2} id="how-to-send">
        How to send a token
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm">
        Every request is a POST to <Code>/graphql</Code> with the secret in the header <Code>Authorization</Code>. This
        one answers with the name of the token.
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        To look around and try operations as yourself, open{' '}
        <Anchor href="/graphiql" target="_blank" underline="always" inherit>
          GraphiQL
        </Anchor>
        .
      </Text>
      <Code block className={classes['request'] ?? ''}>
        {request}
      </Code>
    </section>
  )
}
