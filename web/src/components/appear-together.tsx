import { createContext, type ReactNode, useCallback, useContext, useId, useLayoutEffect, useState } from 'react'

type Report = (id: string, ready: boolean) => void

const Reporting = createContext<Report | null>(null)

/**
 * Sections that load each for itself, below one another: hidden until every one of them has something to show, so that
 * none pushes down what somebody is looking at already. Once they are there, they stay.
 */
export function AppearTogether({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const [waiting, setWaiting] = useState<ReadonlySet<string> | null>(null)
  const [appeared, setAppeared] = useState(false)
  const report = useCallback<Report>((id, ready) => {
    setWaiting((before) => {
      const next = new Set(before)
      if (ready) next.delete(id)
      else next.add(id)
      return next
    })
  }, [])
  if (!appeared && waiting !== null && waiting.size === 0) setAppeared(true)
  return (
    <Reporting value={report}>
      {!appeared && fallback}
      <div hidden={!appeared}>{children}</div>
    </Reporting>
  )
}

/** In a section: whether it has something to show. */
export function useAppearing(ready: boolean): void {
  const report = useContext(Reporting)
  const id = useId()
  useLayoutEffect(() => {
    report?.(id, ready)
    return () => report?.(id, true)
  }, [report, id, ready])
}
