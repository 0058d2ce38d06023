import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../relay/date-time.ts'
import { NodeType } from '../relay/node.type.ts'

@ObjectType('Domain', {
  implements: NodeType,
  simpleResolvers: true,
  description: 'A mail domain that an organization proves to be its own by a TXT record.',
})
export class DomainType extends NodeType {
  @Field(() => String, { description: 'In lower case, ASCII (Punycode).' })
  name!: string

  @Field(() => String, { description: 'Where the TXT record belongs.' })
  recordName!: string

  @Field(() => String, { description: 'What the TXT record must say.' })
  recordValue!: string

  @Field(() => DateTime, {
    nullable: true,
    description: 'Null until the record was seen, and again once it has been gone for three days.',
  })
  verifiedAt!: Date | null

  @Field(() => DateTime, { nullable: true, description: 'When the record was last looked up.' })
  checkedAt!: Date | null

  @Field(() => String, { nullable: true, description: 'Why the last lookup did not find it, in a sentence.' })
  problem!: string | null

  @Field(() => DateTime)
  createdAt!: Date
}

@InputType('AddDomainInput')
export class AddDomainInput {
  @Field(() => ID)
  organizationId!: string

  @Field(() => String, { description: 'Such as example.com.' })
  name!: string
}

@InputType('VerifyDomainInput')
export class VerifyDomainInput {
  @Field(() => ID)
  domainId!: string
}

@InputType('RemoveDomainInput')
export class RemoveDomainInput {
  @Field(() => ID)
  domainId!: string
}

@ObjectType('DomainPayload', { simpleResolvers: true })
export class DomainPayload {
  @Field(() => DomainType)
  domain!: DomainType
}

@ObjectType('RemoveDomainPayload', { simpleResolvers: true })
export class RemoveDomainPayload {
  @Field(() => ID)
  removedDomainId!: string
}
