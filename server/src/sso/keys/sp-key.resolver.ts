import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../access/request-context.ts'
import { SamlConnectionPayload, SamlConnectionType } from '../sso-connection.type.ts'
import { listSpCertificates } from './list-sp-certificates.ts'
import { deleteSpKey, rotateSpKey } from './rotate-sp-key.ts'
import { DeleteSpKeyInput, RotateSpKeyInput } from './sp-key.input.ts'
import { SpCertificateType, SpKeyUseEnum } from './sp-key.type.ts'

const uses = { [SpKeyUseEnum.SIGNING]: 'signing', [SpKeyUseEnum.ENCRYPTION]: 'encryption' } as const

@Resolver(() => SamlConnectionType)
export class SpKeyResolver {
  @FieldResolver(() => [SpCertificateType], {
    description: 'Our own certificates, oldest first: made when they are needed, or by rotateSpKey.',
  })
  spCertificates(@Root() connection: { id: string; organizationId: string }, @Ctx() ctx: RequestContext) {
    return listSpCertificates(ctx, connection)
  }

  @Mutation(() => SamlConnectionPayload, {
    description:
      'Makes a new key that takes over: CONFLICT TOO_MANY_KEYS while one is taking over already. The former one keeps decrypting, or signing, until it is deleted.',
  })
  async rotateSpKey(
    @Arg('input', () => RotateSpKeyInput) { connectionId, use }: RotateSpKeyInput,
    @Ctx() ctx: RequestContext,
  ) {
    return { connection: await rotateSpKey(ctx, connectionId, uses[use]) }
  }

  @Mutation(() => SamlConnectionPayload, {
    description: 'Deletes a key for good. CONFLICT KEY_IN_USE for one that signs or is encrypted for, without another.',
  })
  async deleteSpKey(@Arg('input', () => DeleteSpKeyInput) { keyId }: DeleteSpKeyInput, @Ctx() ctx: RequestContext) {
    return { connection: await deleteSpKey(ctx, keyId) }
  }
}
