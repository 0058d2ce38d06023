import type postgres from 'postgres'

/** Who is filled in: every hundredth an admin, all others members, each known to the connection by their number. */
export type Filled = { organizationId: string; connectionId: string; members: number }

/** What the identity provider calls the person with this number, and the number in the ids of what they are here. */
export const subjectOf = (number: number): string => `person-${number}`
export const membershipIdOf = (number: number): string => `mem_0${String(number).padStart(25, '0')}`

// Words that people are made of: 80 × 125 names, so that a name is shared by a hundred of a million.
const names = `
  create temporary table given as select n - 1 as place, 'g' || substr(md5('given' || n), 1, 6) as word from generate_series(1, 80) n;
  create temporary table family as select n - 1 as place, 'f' || substr(md5('family' || n), 1, 7) as word from generate_series(1, 125) n;`

/**
 * Fills an organization with members who joined one after the other, long ago. Their address holds six characters that
 * nobody else's does.
 */
export async function fillOrganization(sql: postgres.Sql, { organizationId, connectionId, members }: Filled) {
  await sql.unsafe(names)
  const number = `lpad(n::text, 25, '0')`
  await sql.unsafe(`
    insert into users (id, email, name, created_at)
    select 'usr_0' || ${number}, given.word || '.' || family.word || '.' || to_hex(n * 2654435761 % 16777216) || '.' || n || '@people.example',
      initcap(given.word || ' ' || family.word), timestamptz '2020-01-01' + n * interval '1 second'
    from generate_series(1, ${members}) n
    join given on given.place = n % 80 join family on family.place = n / 80 % 125`)
  await sql.unsafe(`
    insert into memberships (id, organization_id, user_id, role, role_source, join_method, joined_at)
    select 'mem_0' || ${number}, '${organizationId}', 'usr_0' || ${number},
      case when n % 100 = 0 then 'admin' else 'member' end, 'JUST_IN_TIME', 'SINGLE_SIGN_ON',
      timestamptz '2020-01-01' + n * interval '1 second'
    from generate_series(1, ${members}) n`)
  await sql.unsafe(`
    insert into sso_identities (id, connection_id, subject, user_id, created_at)
    select 'idn_0' || ${number}, '${connectionId}', '${subjectOf(0).slice(0, -1)}' || n, 'usr_0' || ${number},
      timestamptz '2020-01-01' + n * interval '1 second'
    from generate_series(1, ${members}) n`)
  await sql.unsafe('vacuum (analyze)')
}
