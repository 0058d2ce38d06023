import { Button, Checkbox, Stack, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId } from 'react'
import { CopyableValue } from '../../../components/copyable-value.tsx'
import { CopyableText } from './copyable-text.tsx'
import type { GuideStep, GuideValue } from './guide.ts'
import { PlaceDrawing } from './place-drawing.tsx'
import classes from './setup-guide.module.css'
import { Words } from './words.tsx'

type Props = {
  number: number
  step: GuideStep
  values: Record<GuideValue, string>
  done: boolean
  open: boolean
  onOpen: (open: boolean) => void
  onDone: (done: boolean) => void
  /** It is done, and the next one is wanted. */
  onGoOn: () => void
}

/** One step: what to do over there, with each value where it is needed, and what one should see then. */
export function GuideStepItem({ number, step, values, done, open, onOpen, onDone, onGoOn }: Props) {
  const body = useId()
  const { title, text, place, see } = step
  return (
    <li className={classes['step']} data-done={done || undefined}>
      <div className={classes['head']}>
        <Checkbox
          checked={done}
          aria-label={`Step ${number} is done: ${title}`}
          onChange={(event) => onDone(event.currentTarget.checked)}
        />
        <UnstyledButton
          className={classes['title']}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => onOpen(!open)}
        >
          <span>
            {number}. {title}
          </span>
        </UnstyledButton>
        {open ? <IconChevronDown size={15} aria-hidden="true" /> : <IconChevronRight size={15} aria-hidden="true" />}
      </div>
      <div id={body} hidden={!open} className={classes['body']}>
        {open && (
          <Stack gap="sm">
            {text.map((paragraph) => (
              <p key={paragraph}>
                <Words text={paragraph} />
              </p>
            ))}
            {step.values?.map(({ value, field }) =>
              values[value].includes('\n') ? (
                <CopyableText key={field} label={field} text={values[value]} />
              ) : (
                <CopyableValue key={field} label={field} value={values[value]} />
              ),
            )}
            {place !== undefined && <PlaceDrawing place={place} />}
            {see !== undefined && (
              <p className={classes['see']}>
                <strong>You should see now:</strong> {see}
              </p>
            )}
            {!done && (
              <div>
                <Button size="compact-sm" variant="default" onClick={onGoOn}>
                  Done, next step
                </Button>
              </div>
            )}
          </Stack>
        )}
      </div>
    </li>
  )
}
