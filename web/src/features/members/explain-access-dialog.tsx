import { useQuery } from '@apollo/client/react'
import { Badge, Modal, NativeSelect, Skeleton, Stack } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Problem } from '../../components/problem.tsx'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import { readOperationError } from '../../graphql/operation-error.ts'
import classes from './explain-access-dialog.module.css'

const ExplainAccess = graphql(`
  query ExplainAccess($membershipId: ID!, $permission: String!) {
    explainAccess(membershipId: $membershipId, permission: $permission) {
      permission
      allowed
      membership {
        id
        organization {
          id
          permissions {
            key
            group
            name
          }
        }
      }
      reasons {
        title
        passed
        explanation
      }
    }
  }
`)

type Props = { membershipId: string; person: string; onClose: () => void }

/** Whether a member may do something, and why. */
export function ExplainAccessDialog({ membershipId, person, onClose }: Props) {
  const [permission, setPermission] = useState('member:read')
  const { data, previousData, error, refetch } = useQuery(ExplainAccess, {
    variables: { membershipId, permission },
    fetchPolicy: 'network-only',
  })
  const answer = (data ?? previousData)?.explainAccess
  const permissions = answer?.membership.organization.permissions ?? []
  useReturnFocus()
  return (
    <Modal opened onClose={onClose} title={`What ${person} may do, and why`} centered>
      <Stack gap="md">
        {answer === undefined ? (
          error === undefined ? (
            <Skeleton h={160} radius="md" aria-busy="true" />
          ) : (
            <Problem message={readOperationError(error).message} onRetry={() => void refetch()} />
          )
        ) : (
          <>
            <NativeSelect
              label="To do what"
              data-autofocus
              value={permission}
              onChange={(event) => setPermission(event.currentTarget.value)}
              data={[...new Set(permissions.map(({ group }) => group))].map((group) => ({
                group,
                items: permissions
                  .filter((each) => each.group === group)
                  .map(({ key, name }) => ({ value: key, label: name })),
              }))}
            />
            <div role="status" aria-busy={data === undefined}>
              <Badge color={answer.allowed ? 'verdigris' : 'red'} mb="sm">
                {answer.allowed ? 'Allowed' : 'Not allowed'}
              </Badge>
              <dl className={classes['reasons']}>
                {answer.reasons.map(({ title, passed, explanation }) => (
                  <div key={title} data-failed={!passed || undefined}>
                    <dt>
                      {passed ? <IconCheck size={14} aria-hidden="true" /> : <IconX size={14} aria-hidden="true" />}{' '}
                      {title}
                    </dt>
                    <dd>{explanation}</dd>
                  </div>
                ))}
              </dl>
            </div>
          </>
        )}
      </Stack>
    </Modal>
  )
}
