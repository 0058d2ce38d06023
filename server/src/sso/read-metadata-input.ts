import { describeActor } from '../access/actor.ts'
import type { RequestContext } from '../access/request-context.ts'
import { FieldErrors } from '../core/errors.ts'
import { fetchIdpMetadata, MetadataFetchError } from './fetch-idp-metadata.ts'
import { isEntraTenantWideMetadataUrl } from './saml/entra-metadata-url.ts'
import { type IdpMetadata, readIdpMetadata } from './saml/idp-metadata.ts'

export const entraTenantWideAdvice =
  'This is the metadata of the whole Entra tenant, which lists other keys than your application signs with. Copy the App Federation Metadata Url of the application: it ends in ?appid=…'

/**
 * Reads metadata from XML or from its URL; null when there is neither.
 * @param paths where to report each: the GraphQL input paths.
 * @throws BAD_USER_INPUT, RATE_LIMITED
 */
export async function readMetadataInput(
  ctx: RequestContext,
  { xml, url }: { xml?: string | null; url?: string | null },
  paths: { xml: string; url: string },
): Promise<IdpMetadata | null> {
  const errors = new FieldErrors()
  const text = xml?.trim() ?? ''
  const address = url?.trim() ?? ''
  if (text === '' && address === '') return null
  const path = address === '' ? paths.xml : paths.url
  if (text !== '' && address !== '') {
    errors.add(path, 'ONE_OF', 'Give the metadata either as XML or as a URL, not both.')
  } else if (isEntraTenantWideMetadataUrl(address)) {
    errors.add(path, 'ENTRA_TENANT_WIDE_METADATA', entraTenantWideAdvice)
  }
  errors.throwIfAny()
  const document = text === '' ? await fetched(ctx, address, path) : text
  const read = readIdpMetadata(document, ctx.clock.now())
  if (!read.ok) errors.add(path, read.reason, read.message)
  errors.throwIfAny()
  return read.ok ? read : null
}

async function fetched(ctx: RequestContext, url: string, path: string): Promise<string> {
  await ctx.limits.consume('metadataFetchByActor', describeActor(ctx.actor).actorId ?? 'nobody')
  const errors = new FieldErrors()
  try {
    return await fetchIdpMetadata(url, { allowPrivate: ctx.allowPrivateMetadataUrls })
  } catch (error) {
    if (!(error instanceof MetadataFetchError)) throw error
    errors.add(path, 'METADATA_NOT_FETCHED', error.message)
    errors.throwIfAny()
    throw error
  }
}
