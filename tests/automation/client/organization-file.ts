import { readFileSync } from 'node:fs'
import path from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'

const text = z.string().trim().min(1, 'must not be empty')
const attributeMapping = z.strictObject({ subject: text.optional(), email: text.optional(), name: text.optional() })

const rule = z.strictObject({ attribute: text, value: text, label: text.optional(), role: text })

const connection = {
  name: text,
  enabled: z.boolean().optional(),
  attributeMapping: attributeMapping.optional(),
  roleMappings: z.array(rule).optional(),
}

const saml = z.strictObject({
  ...connection,
  protocol: z.literal('saml'),
  spEntityId: text.optional(),
  idpMetadataUrl: text.optional(),
  idpMetadataFile: text.optional(),
  idpSsoUrl: text.optional(),
  idpEntityId: text.optional(),
  idpSloUrl: text.optional(),
  idpCertificateFiles: z.array(text).optional(),
  requestedAuthnContext: text.optional(),
  signAuthnRequests: z.boolean().optional(),
  forceAuthn: z.boolean().optional(),
  allowIdpInitiated: z.boolean().optional(),
  allowCbcEncryption: z.boolean().optional(),
})
const client = { clientId: text, clientSecret: text }
const okta = z.strictObject({ ...connection, ...client, protocol: z.literal('okta'), oktaDomain: text })
const oidc = z.strictObject({ ...connection, ...client, protocol: z.literal('oidc'), issuer: text })

const file = z.strictObject({
  organization: text,
  roles: z.array(z.strictObject({ key: text, name: text, permissions: z.array(text) })).optional(),
  domains: z.array(text).optional(),
  connections: z.array(z.discriminatedUnion('protocol', [saml, okta, oidc])).optional(),
  members: z.array(z.strictObject({ email: text, role: text })).optional(),
  sessions: z
    .strictObject({ idleMinutes: z.number().int().nullable(), lifetimeMinutes: z.number().int().nullable() })
    .optional(),
})

export type OrganizationFile = z.infer<typeof file>
export type ConnectionWanted = NonNullable<OrganizationFile['connections']>[number]
export type SamlWanted = z.infer<typeof saml>

/** What is wrong with the file, each with its line and column. */
export class FileProblem extends Error {}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the file that says what an organization shall be like. `${NAME}` in a text is the environment variable of that
 * name, so that no secret stands in the file.
 * @throws FileProblem
 */
export function readOrganizationFile(name: string, environment: Environment): OrganizationFile {
  const lines = new LineCounter()
  const document = parseDocument(readText(name), { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path.basename(name)}:${line}:${col}`
  }
  const broken = document.errors.map(({ message, pos }) => `${at(pos[0])}: ${message}`)
  if (broken.length > 0) throw new FileProblem(broken.join('\n'))
  const place = (keys: readonly PropertyKey[]): string => {
    // Of what is missing, the place of what it is missing from.
    for (let length = keys.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(keys.slice(0, length), true)
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
        return at(Number(node.range[0]))
      }
    }
    return at(0)
  }
  const missing: string[] = []
  const filled = fill(document.toJS(), [], (variable, keys) => {
    const value = environment[variable]
    if (value === undefined || value === '') missing.push(`${place(keys)}: set the environment variable ${variable}.`)
    return value ?? ''
  })
  if (missing.length > 0) throw new FileProblem(missing.join('\n'))
  const parsed = file.safeParse(filled)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${place(issue.path)}: ${issue.path.join('.')} ${issue.message}`)
    throw new FileProblem(wrong.join('\n'))
  }
  return twiceNamed(parsed.data, place)
}

/** What is told apart by its name must have one of its own. */
function twiceNamed(wanted: OrganizationFile, place: (keys: PropertyKey[]) => string): OrganizationFile {
  const names: [string, string[]][] = [
    ['roles', (wanted.roles ?? []).map(({ key }) => key)],
    ['domains', (wanted.domains ?? []).map((domain) => domain.toLowerCase())],
    ['connections', (wanted.connections ?? []).map(({ name }) => name)],
    ['members', (wanted.members ?? []).map(({ email }) => email.toLowerCase())],
  ]
  const twice = names.flatMap(([section, all]) =>
    all.flatMap((one, index) =>
      all.indexOf(one) === index ? [] : [`${place([section, index])}: ${one} stands in ${section} twice.`],
    ),
  )
  if (twice.length > 0) throw new FileProblem(twice.join('\n'))
  return wanted
}

function fill(
  value: unknown,
  keys: PropertyKey[],
  valueOf: (variable: string, keys: PropertyKey[]) => string,
): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name: string) => valueOf(name, keys))
  if (Array.isArray(value)) return value.map((each, index) => fill(each, [...keys, index], valueOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, [...keys, key], valueOf)]))
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8')
  } catch {
    throw new FileProblem(`${name} cannot be read. Name the file with -f.`)
  }
}
