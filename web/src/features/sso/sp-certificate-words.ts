type Certificate = { id: string; use: 'SIGNING' | 'ENCRYPTION'; state: 'CURRENT' | 'NEXT' | 'PREVIOUS' }

/** What a certificate of ours is, and what is to be done with it. */
export function wordsFor({ use, state }: Certificate, signing: boolean): { title: string; text: string } {
  if (use === 'ENCRYPTION') {
    return state === 'CURRENT'
      ? { title: 'Encryption', text: 'The identity provider may encrypt what it sends with it.' }
      : {
          title: 'Encryption, replaced',
          text: 'Still decrypts. Delete it when the identity provider has the new one.',
        }
  }
  if (state === 'NEXT') {
    return {
      title: 'Signing, next',
      text: 'Give it to the identity provider. It signs our requests once the present one is deleted.',
    }
  }
  return signing
    ? { title: 'Signing', text: 'Signs our requests. The identity provider verifies them with it.' }
    : { title: 'Signing', text: 'Signs nothing as long as the signing of requests is off.' }
}

/** Whether it may go: something else does its work, or nothing has to. The server has the last word. */
export function mayDelete(certificate: Certificate, all: readonly Certificate[], signing: boolean): boolean {
  if (certificate.state !== 'CURRENT') return true
  if (certificate.use === 'ENCRYPTION') return false
  return !signing || all.some(({ id, use }) => use === 'SIGNING' && id !== certificate.id)
}
