/** Our own signing key towards one identity provider. RSA-SHA256, as `rsaSha256` in names.ts says. */
export type MessageSigner = {
  /** PEM, as our metadata publishes it. */
  certificate: string
  sign(octets: Buffer): Buffer
}
