import { useEffect, useRef } from 'react'

/** Moves the focus to a step that has just replaced another, so that it is read from its beginning. */
export function useFocusOnMount<Element extends HTMLElement>() {
  const ref = useRef<Element>(null)
  useEffect(() => ref.current?.focus({ preventScroll: true }), [])
  return ref
}
