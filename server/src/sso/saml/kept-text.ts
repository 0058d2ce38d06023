/**
 * The same text, kept as V8 keeps the names of properties: each is there once, so that two of them, or one and a text that
 * stands in the code, are compared by where they are. It holds on to nothing of the document that it was a part of.
 */
export const kept = (text: string): string => Object.keys({ [text]: 0 })[0] ?? text
