import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import { Cell, DataTable, Row } from '../../components/data-table.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import classes from './check-trace.module.css'

export const CheckTrace_check = graphql(`
  fragment CheckTrace_check on SignInCheck {
    title
    passed
    expected
    actual
  }
`)

const columns = [
  { label: 'Check', width: '26%' },
  { label: 'Result', width: 120 },
  { label: 'Expected' },
  { label: 'Actual' },
]

type Props = {
  checks: readonly FragmentType<typeof CheckTrace_check>[]
  /** The titles of those that did not run any more. */
  notReached?: readonly string[]
}

/** The checks in the order in which they ran, expected and actual side by side; then those that were not reached. */
export function CheckTrace({ checks, notReached = [] }: Props) {
  return (
    <DataTable caption="Checks of this attempt" columns={columns}>
      {unmask(CheckTrace_check, checks).map(({ title, passed, expected, actual }, index) => (
        <Row key={`${index} ${title}`}>
          <Cell place="title">{title}</Cell>
          <Cell label="Result">
            <span className={classes['result']} data-passed={passed || undefined}>
              {passed ? <IconCheck size={15} aria-hidden="true" /> : <IconX size={15} aria-hidden="true" />}
              {passed ? 'Passed' : 'Failed'}
            </span>
          </Cell>
          <Cell label="Expected">
            <span className={classes['value']}>{expected ?? '–'}</span>
          </Cell>
          <Cell label="Actual">
            <span className={classes['value']}>{actual ?? '–'}</span>
          </Cell>
        </Row>
      ))}
      {notReached.map((title) => (
        <Row key={`not reached ${title}`}>
          <Cell place="title">{title}</Cell>
          <Cell label="Result">
            <span className={classes['result']} data-not-reached>
              <IconMinus size={15} aria-hidden="true" />
              Not reached
            </span>
          </Cell>
          <Cell label="Expected">–</Cell>
          <Cell label="Actual">–</Cell>
        </Row>
      ))}
    </DataTable>
  )
}
