import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../../relay/date-time.ts'
import { SsoSetupProgressType } from '../setup-progress/setup-progress.type.ts'
import { SignInAttemptType } from '../sign-in-attempt.type.ts'
import { IdpCertificateType, SsoConnectionType } from '../sso-connection.type.ts'

@ObjectType('SetupLink', {
  simpleResolvers: true,
  description: 'A link by which somebody without an account sets up one connection. Its secret is shown once.',
})
export class SetupLinkType {
  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime, { description: 'Seven days after it was made; enabling the connection ends it earlier.' })
  expiresAt!: Date

  @Field(() => String, { description: 'Who answers for it. It ends with their permission to manage single sign-on.' })
  createdBy!: string
}

@InputType('CreateSetupLinkInput')
export class CreateSetupLinkInput {
  @Field(() => ID)
  connectionId!: string
}

@InputType('RevokeSetupLinkInput')
export class RevokeSetupLinkInput {
  @Field(() => ID)
  connectionId!: string
}

@ObjectType('CreateSetupLinkPayload', { simpleResolvers: true })
export class CreateSetupLinkPayload {
  @Field(() => SsoConnectionType)
  connection!: SsoConnectionType

  @Field(() => String, { description: 'Shown once: whoever has it may set up the connection.' })
  url!: string
}

@ObjectType('ConnectionSetup', {
  simpleResolvers: true,
  description: 'What whoever has a setup link sees of the connection, and of the organization nothing else.',
})
export class ConnectionSetupType {
  @Field(() => String)
  organizationName!: string

  @Field(() => String)
  invitedBy!: string

  @Field(() => DateTime)
  expiresAt!: Date

  @Field(() => String)
  connectionName!: string

  @Field(() => Int, { description: 'Pass it as expectedRevision to refuse a lost update.' })
  revision!: number

  @Field(() => Boolean)
  complete!: boolean

  @Field(() => DateTime, { nullable: true, description: 'When a test succeeded with the present settings.' })
  verifiedAt!: Date | null

  @Field(() => String)
  redirectUrl!: string

  @Field(() => String)
  loginUrl!: string

  @Field(() => String)
  spEntityId!: string

  @Field(() => String)
  spMetadataUrl!: string

  @Field(() => String, { nullable: true })
  idpSsoUrl!: string | null

  @Field(() => String, { nullable: true })
  idpEntityId!: string | null

  @Field(() => [IdpCertificateType])
  idpCertificates!: IdpCertificateType[]

  @Field(() => SsoSetupProgressType, { nullable: true })
  progress!: SsoSetupProgressType | null

  @Field(() => DateTime, { nullable: true, description: 'When the last test was begun, by whomever.' })
  testedAt!: Date | null

  @Field(() => [SignInAttemptType], { description: 'What came of that test, newest first.' })
  attempts!: SignInAttemptType[]
}

@InputType('SaveConnectionSetupInput', { description: 'Absent is unchanged, as with updateSamlConnection.' })
export class SaveConnectionSetupInput {
  @Field(() => String, { description: 'The secret of the setup link.' })
  token!: string

  @Field(() => Int, { nullable: true })
  expectedRevision?: number | null

  @Field(() => String, { nullable: true })
  idpSsoUrl?: string | null

  @Field(() => String, { nullable: true })
  spEntityId?: string | null

  @Field(() => String, { nullable: true })
  idpEntityId?: string | null

  @Field(() => [String], { nullable: true })
  idpCertificates?: string[] | null

  @Field(() => String, { nullable: true })
  idpMetadataXml?: string | null

  @Field(() => String, { nullable: true })
  idpMetadataUrl?: string | null
}

@InputType('NoteConnectionSetupInput')
export class NoteConnectionSetupInput {
  @Field(() => String)
  token!: string

  @Field(() => String)
  guide!: string

  @Field(() => [String])
  doneSteps!: string[]
}

@InputType('TestConnectionSetupInput')
export class TestConnectionSetupInput {
  @Field(() => String)
  token!: string
}

@ObjectType('ConnectionSetupPayload', { simpleResolvers: true })
export class ConnectionSetupPayload {
  @Field(() => ConnectionSetupType)
  setup!: ConnectionSetupType
}

@ObjectType('TestConnectionSetupPayload', { simpleResolvers: true })
export class TestConnectionSetupPayload {
  @Field(() => ConnectionSetupType)
  setup!: ConnectionSetupType

  @Field(() => String, { description: 'Open it in a browser. It is good for 15 minutes, and signs nobody in.' })
  url!: string
}
