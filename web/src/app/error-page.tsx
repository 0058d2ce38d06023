import type { ErrorComponentProps } from '@tanstack/react-router'
import { CenteredPage } from '../components/centered-page.tsx'
import { Problem } from '../components/problem.tsx'

/** A page failed to load or broke while it was drawn. After an update of the server its old files are gone: reload. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const outdated = /import|module|chunk/i.test(error instanceof Error ? error.message : String(error))
  return (
    <CenteredPage title={outdated ? 'This page could not be loaded' : 'This page stopped working'}>
      <Problem
        message={
          outdated
            ? 'The server cannot be reached, or Gatehouse was updated since you opened it. Load the page again.'
            : 'That is a fault in Gatehouse, not in what you did. Load the page again; what you saved is safe.'
        }
        retryLabel="Load again"
        onRetry={() => location.reload()}
      />
    </CenteredPage>
  )
}
