import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

type Props = AnchorProps & Omit<ComponentProps<'a'>, keyof AnchorProps>

/** A link in text to a page of the console. */
export const TextLink = createLink(function TextAnchor(props: Props) {
  return <Anchor {...props} />
})
