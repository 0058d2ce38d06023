import { useEffect, useState } from 'react'

/** For whatever takes the focus while it is mounted: afterwards it is back where it was, or on the page if that is gone. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    let mounted = true
    return () => {
      mounted = false
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body
        if (mounted || !lost) return
        const target = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('page')
        target?.focus({ preventScroll: true })
      }, 20)
    }
  }, [before])
}
