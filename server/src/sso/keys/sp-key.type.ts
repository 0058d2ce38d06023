import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../relay/date-time.ts'

export enum SpKeyUseEnum {
  SIGNING = 'SIGNING',
  ENCRYPTION = 'ENCRYPTION',
}
registerEnumType(SpKeyUseEnum, {
  name: 'SpKeyUse',
  description: 'SIGNING: our requests. ENCRYPTION: what the identity provider sends us.',
})

enum SpKeyStateEnum {
  CURRENT = 'CURRENT',
  NEXT = 'NEXT',
  PREVIOUS = 'PREVIOUS',
}
registerEnumType(SpKeyStateEnum, {
  name: 'SpKeyState',
  description:
    'CURRENT signs, or is to be encrypted for. NEXT signs once the current one is deleted. PREVIOUS still decrypts, until it is deleted.',
})

@ObjectType('SpCertificate', {
  simpleResolvers: true,
  description:
    'A key of ours towards the identity provider of one connection. Its private half never leaves the server.',
})
export class SpCertificateType {
  @Field(() => ID)
  id!: string

  @Field(() => SpKeyUseEnum, { description: 'What it is for.' })
  use!: SpKeyUseEnum

  @Field(() => SpKeyStateEnum, { description: 'What it does now.' })
  state!: SpKeyStateEnum

  @Field(() => String, { description: 'The certificate, for the identity provider.' })
  pem!: string

  @Field(() => String, { description: 'SHA-256 of the certificate, in upper-case hex with colons.' })
  fingerprintSha256!: string

  @Field(() => DateTime, { description: 'Ten years after it was made; identity providers may insist on it.' })
  notAfter!: Date

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when the metadata no longer shows it; null while it does.',
  })
  retiredAt!: Date | null
}
