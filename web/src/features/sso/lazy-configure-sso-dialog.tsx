import { type ComponentProps, lazy, Suspense } from 'react'
import type { ConfigureSsoDialog } from './configure-sso-dialog.tsx'

const load = () => import('./configure-sso-dialog.tsx')
const Loaded = lazy(async () => ({ default: (await load()).ConfigureSsoDialog }))

/** The dialog and its forms are loaded when they are opened. */
export function LazyConfigureSsoDialog(props: ComponentProps<typeof ConfigureSsoDialog>) {
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  )
}
