import { Fragment } from 'react'

/** A text of a guide: what stands between two ** are words that one looks for on the screen. */
export function Words({ text }: { text: string }) {
  return text.split('**').map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change their places
    const key = index
    return index % 2 === 1 ? <strong key={key}>{part}</strong> : <Fragment key={key}>{part}</Fragment>
  })
}
