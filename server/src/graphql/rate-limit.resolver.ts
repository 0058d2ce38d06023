import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../access/request-context.ts'
import { plus, seconds } from '../core/clock.ts'
import { DateTime } from '../relay/date-time.ts'

@ObjectType('RateLimit', {
  simpleResolvers: true,
  description: 'How the limit of requests stands for whoever asks. docs/api-limits.md says what counts.',
})
export class RateLimitType {
  @Field(() => Int, { description: 'Uses that are allowed in a minute.' })
  limit!: number

  @Field(() => Int)
  used!: number

  @Field(() => Int)
  remaining!: number

  @Field(() => DateTime, { description: 'When the minute is over and it is counted anew.' })
  resetAt!: Date

  @Field(() => Int, { description: 'Of this very operation. Each full thousand counts as one more use.' })
  cost!: number
}

@Resolver()
export class RateLimitResolver {
  @Query(() => RateLimitType, {
    nullable: true,
    description: 'For anybody. Null where the operator has switched the limits off.',
  })
  rateLimit(@Ctx() { usage, clock }: RequestContext) {
    const { rateLimit, cost } = usage
    if (rateLimit === null) return null
    const { limit, remaining, resetsIn } = rateLimit
    return { limit, remaining, used: limit - remaining, resetAt: plus(clock.now(), seconds(resetsIn)), cost }
  }
}
