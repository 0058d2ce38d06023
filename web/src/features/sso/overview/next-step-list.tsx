import { TextLink } from '../../../components/text-link.tsx'
import type { NextStep } from './next-steps.ts'
import classes from './overview.module.css'

/** What to do next, each with the way there. */
export function NextStepList({ steps, slug }: { steps: NextStep[]; slug: string }) {
  return (
    <ul className={classes['steps']}>
      {steps.map((step) => (
        <li key={step.words} className={classes['step']} data-urgent={step.urgent || undefined}>
          <span className={classes['words']}>{step.words}</span>
          <StepLink step={step} slug={slug} />
        </li>
      ))}
    </ul>
  )
}

function StepLink({ step: { at, action }, slug }: { step: NextStep; slug: string }) {
  if (at === 'members') {
    return (
      <TextLink to="/organizations/$slug/members" params={{ slug }} search={{ sso: 'never' }}>
        {action}
      </TextLink>
    )
  }
  if (at === 'settings') {
    return (
      <TextLink to="/organizations/$slug/settings" params={{ slug }}>
        {action}
      </TextLink>
    )
  }
  return (
    <TextLink to="/organizations/$slug/settings/sso/$connectionId" params={{ slug, connectionId: at.connectionId }}>
      {action}
    </TextLink>
  )
}
