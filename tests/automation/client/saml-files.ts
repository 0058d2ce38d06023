import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { FileProblem, type SamlWanted } from './organization-file.ts'
import type { ConnectionState } from './organization-state.ts'
import { type Changes, type Planning, same } from './step.ts'

const inspect = `mutation($input: InspectIdpMetadataInput!) { inspectIdpMetadata(input: $input) {
  idpSsoUrl idpEntityId idpSloUrl idpCertificates { fingerprintSha256 } } }`

/** Adds what metadata and certificates in files say otherwise than the connection. @throws FileProblem */
export async function addSamlFiles(
  { api, state, folder }: Planning,
  wanted: SamlWanted,
  there: ConnectionState | null,
  changes: Changes,
): Promise<void> {
  const trusted = there === null ? [] : (there.idpCertificates ?? []).map(({ fingerprintSha256 }) => fingerprintSha256)
  const read = (name: string): Buffer => {
    try {
      return readFileSync(path.resolve(folder, name))
    } catch {
      throw new FileProblem(`${name}, which the connection ${wanted.name} names, cannot be read.`)
    }
  }
  if (wanted.idpMetadataFile !== undefined) {
    const xml = read(wanted.idpMetadataFile).toString('utf8')
    type Metadata = {
      idpSsoUrl: string
      idpEntityId: string
      idpSloUrl: string | null
      idpCertificates: { fingerprintSha256: string }[]
    }
    const { inspectIdpMetadata: found } = await api.query<{ inspectIdpMetadata: Metadata }>(inspect, {
      input: { organizationId: state.id, xml },
    })
    const now = {
      sso: found.idpSsoUrl,
      id: found.idpEntityId,
      slo: found.idpSloUrl,
      keys: found.idpCertificates.map(({ fingerprintSha256 }) => fingerprintSha256).sort(),
    }
    const before = {
      sso: there?.['idpSsoUrl'],
      id: there?.['idpEntityId'],
      slo: there?.['idpSloUrl'],
      keys: [...trusted].sort(),
    }
    if (!same(before, now)) {
      changes.details.push(
        `what ${wanted.idpMetadataFile} says: ${found.idpEntityId}, ${found.idpCertificates.length} certificates`,
      )
      changes.input['idpMetadataXml'] = xml
    }
  }
  if (wanted.idpCertificateFiles !== undefined) {
    const certificates = wanted.idpCertificateFiles.map((name) => toCertificate(name, read(name)))
    const after = certificates.map(({ fingerprint256 }) => fingerprint256)
    if (!same([...trusted].sort(), [...after].sort())) {
      changes.details.push(
        ...after.filter((each) => !trusted.includes(each)).map((each) => `trusts the certificate ${each}`),
      )
      changes.details.push(...trusted.filter((each) => !after.includes(each)).map((each) => `trusts no longer ${each}`))
      changes.input['idpCertificates'] = certificates.map(String)
    }
  }
}

function toCertificate(name: string, bytes: Buffer): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch {
    throw new FileProblem(`${name} is no certificate in PEM or DER.`)
  }
}
