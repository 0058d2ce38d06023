import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../../relay/date-time.ts'
import { IdpCertificateType } from '../sso-connection.type.ts'

@ObjectType('StagedCertificate', {
  simpleResolvers: true,
  description: 'A signing certificate that the metadata announces. It is not trusted until an owner says so.',
})
export class StagedCertificateType {
  @Field(() => IdpCertificateType)
  certificate!: IdpCertificateType

  @Field(() => DateTime, { description: 'When the metadata was first seen to announce it.' })
  seenAt!: Date
}

@ObjectType('MetadataRefresh', {
  simpleResolvers: true,
  description: 'The metadata of a connection is read again by itself, daily. What is new waits for an owner.',
})
export class MetadataRefreshType {
  @Field(() => DateTime, { description: 'When it is read again.' })
  dueAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'When it was last tried. Null: not yet.' })
  checkedAt!: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'Why the last try did not succeed, in a sentence for owners. Null when it did.',
  })
  problem!: string | null

  @Field(() => [StagedCertificateType], { description: 'Announced and not trusted: see trustStagedCertificates.' })
  stagedCertificates!: StagedCertificateType[]

  @Field(() => [String], {
    description:
      'SHA-256 of trusted certificates that the metadata does not list. They stay trusted until an owner removes them.',
  })
  vanishedFingerprints!: string[]

  @Field(() => String, {
    nullable: true,
    description:
      'The Single Sign-On URL that the metadata names, when it is another than the connection’s. An owner takes it over with updateSamlConnection.',
  })
  stagedSsoUrl!: string | null
}
