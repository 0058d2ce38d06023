import { IconX } from '@tabler/icons-react'
import { type FragmentType, unmask } from '../../graphql/generated/fragment-masking.ts'
import { CheckTrace_check } from './check-trace.tsx'
import classes from './failed-checks.module.css'

/** What failed, before anything else: the checks that ran before it passed and can wait. */
export function FailedChecks({ checks }: { checks: readonly FragmentType<typeof CheckTrace_check>[] }) {
  const failed = unmask(CheckTrace_check, checks).filter(({ passed }) => !passed)
  if (failed.length === 0) return null
  return (
    <ul className={classes['list']} aria-label="Failed checks">
      {failed.map(({ title, expected, actual }, index) => (
        <li key={`${index} ${title}`} className={classes['item']}>
          <div className={classes['title']}>
            <IconX size={15} aria-hidden="true" /> {title}
          </div>
          <dl className={classes['values']}>
            <dt>Expected</dt>
            <dd>{expected ?? '–'}</dd>
            <dt>Actual</dt>
            <dd>{actual ?? '–'}</dd>
          </dl>
        </li>
      ))}
    </ul>
  )
}
