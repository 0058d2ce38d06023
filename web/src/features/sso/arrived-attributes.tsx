import { Badge } from '@mantine/core'
import { Cell, DataTable, Row } from '../../components/data-table.tsx'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { graphql } from '../../graphql/generated/gql.ts'
import type { SignInAttributeUse } from '../../graphql/generated/graphql.ts'
import classes from './arrived-attributes.module.css'

export const ArrivedAttributes_attribute = graphql(`
  fragment ArrivedAttributes_attribute on SignInAttribute {
    name
    friendlyName
    values
    usedFor
  }
`)

const uses: Record<SignInAttributeUse, string> = { SUBJECT: 'Subject', EMAIL: 'E-mail address', NAME: 'Name' }

const columns = [{ label: 'Attribute' }, { label: 'Value' }, { label: 'Used as', width: 130 }]

type Props = { attributes: readonly FragmentType<typeof ArrivedAttributes_attribute>[] }

/** What the identity provider said about a person, and what of it was used. */
export function ArrivedAttributes({ attributes }: Props) {
  return (
    <DataTable caption="Attributes that arrived" columns={columns}>
      {unmask(ArrivedAttributes_attribute, attributes).map(({ name, friendlyName, values, usedFor }, index) => (
        <Row key={`${index} ${name}`} align="top">
          <Cell place="title">
            <span className={classes['name']}>{name}</span>
            {friendlyName !== null && <span className={classes['aside']}>{friendlyName}</span>}
          </Cell>
          <Cell label="Value">
            {values === null ? (
              <span className={classes['aside']}>only owners see it</span>
            ) : values.length === 0 ? (
              <span className={classes['aside']}>none</span>
            ) : (
              values.map((value, at) => (
                <span key={`${at} ${value}`} className={classes['name']}>
                  {value}
                </span>
              ))
            )}
          </Cell>
          <Cell label="Used as">
            {usedFor.length === 0
              ? '–'
              : usedFor.map((use) => (
                  <Badge key={use} color="verdigris">
                    {uses[use]}
                  </Badge>
                ))}
          </Cell>
        </Row>
      ))}
    </DataTable>
  )
}
