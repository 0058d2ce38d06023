/** Certificates below each other, as one text. */
export const joinCertificates = (texts: readonly string[]): string => texts.map((text) => text.trim()).join('\n')

function pemOf(der: Uint8Array): string {
  const binary = Array.from(der, (byte) => String.fromCharCode(byte)).join('')
  const lines = btoa(binary).match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')
}

/** A DER certificate begins with a SEQUENCE whose length takes two more bytes. */
const isDer = (bytes: Uint8Array): boolean => bytes[0] === 0x30 && bytes[1] === 0x82

/** The text of a certificate file: itself, or the PEM of the binary form (Entra's “Certificate (Raw)”). */
export function certificateTextOf(bytes: Uint8Array): string {
  if (isDer(bytes)) return pemOf(bytes)
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return new TextDecoder(utf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes).trim()
}
