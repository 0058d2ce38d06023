import { useEffect, useState } from 'react'

/** For whatever takes the focus while it is mounted: afterwards the focus is back where it was. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    let mounted = true
    return () => {
      mounted = false
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body
        if (!mounted && lost && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true })
      }, 20)
    }
  }, [before])
}
