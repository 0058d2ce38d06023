/**
 * The e-mail addresses in what somebody typed or pasted, each once, in their order: separated by lines, commas,
 * semicolons or spaces, and taken out of `Name <address>`. What is no address stays, for the server to name it.
 */
export function readAddresses(text: string): string[] {
  const found = new Map<string, string>()
  for (const part of text.replace(/"[^"\n]*"\s*(?=<)/g, '').split(/[\n,;]+/)) {
    const words = part.match(/<[^<>]*>|[^\s<>]+/g) ?? []
    const named = words.some((word) => word.startsWith('<'))
    for (const word of words) {
      // Beside an address in angle brackets stands a name.
      if (named && !word.includes('@')) continue
      const address = word.replace(/^<|>$/g, '').trim()
      if (address !== '' && !found.has(address.toLowerCase())) found.set(address.toLowerCase(), address)
    }
  }
  return [...found.values()]
}
