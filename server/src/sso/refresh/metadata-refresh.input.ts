import { Field, ID, InputType } from 'type-graphql'

@InputType()
export class RefreshIdpMetadataInput {
  @Field(() => ID)
  connectionId!: string
}

@InputType()
export class TrustStagedCertificatesInput {
  @Field(() => ID)
  connectionId!: string

  @Field(() => [String], { description: 'The SHA-256 fingerprints of the staged certificates to trust.' })
  fingerprintsSha256!: string[]
}
