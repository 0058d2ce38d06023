import { useEffect, useState } from 'react'
import { formatExact } from '../../components/relative-time.tsx'

const secondsUntil = (at: string): number => Math.max(0, Math.ceil((new Date(at).getTime() - Date.now()) / 1000))

/** `12:05`, counted down by the second; the exact moment on hover. Calls `onOver`, which the caller keeps the same, once it is over. */
export function TimeLeft({ until, onOver }: { until: string; onOver?: () => void }) {
  const [left, setLeft] = useState(() => secondsUntil(until))
  const over = left === 0

  useEffect(() => {
    setLeft(secondsUntil(until))
    const timer = setInterval(() => setLeft(secondsUntil(until)), 1000)
    return () => clearInterval(timer)
  }, [until])

  useEffect(() => {
    if (over) onOver?.()
  }, [over, onOver])

  const seconds = String(left % 60).padStart(2, '0')
  return (
    <time dateTime={until} title={formatExact(until)} style={{ fontVariantNumeric: 'tabular-nums', fontWeight: 600 }}>
      {Math.floor(left / 60)}:{seconds}
    </time>
  )
}
