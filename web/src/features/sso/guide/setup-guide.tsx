import '@mantine/core/styles/Progress.css'
import { Progress, Stack, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { Disclosure } from '../../../components/disclosure.tsx'
import { EntraScriptPanel } from './entra-script-panel.tsx'
import type { Guide, GuideValue } from './guide.ts'
import { GuideStepItem } from './guide-step.tsx'
import classes from './setup-guide.module.css'
import { Words } from './words.tsx'

type Props = {
  guide: Guide
  /** Ours, each shown at the step that needs it. */
  values: Record<GuideValue, string>
  /** The names of the steps that are done; others may be of another version. */
  doneSteps: readonly string[]
  onDoneSteps: (names: string[]) => void
}

/** What to do at one identity provider, step by step, in its own labels. The first step that is not done is open. */
export function SetupGuide({ guide, values, doneSteps, onDoneSteps }: Props) {
  const { steps, mistakes, title, script } = guide
  const isDone = (name: string): boolean => doneSteps.includes(name)
  const next = (done: (name: string) => boolean) => steps.find(({ name }) => !done(name))?.name ?? null
  const [open, setOpen] = useState<string | null>(() => next(isDone))
  const finished = steps.filter(({ name }) => isDone(name)).length

  const list = useRef<HTMLOListElement>(null)

  const setDone = (name: string, done: boolean) => {
    const names = done ? [...doneSteps, name] : doneSteps.filter((each) => each !== name)
    setOpen(done ? next((each) => names.includes(each)) : name)
    onDoneSteps(names)
  }
  // The button that was pressed is gone with its step.
  const goOn = (name: string) => {
    setDone(name, true)
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus())
  }

  return (
    <Stack gap="sm">
      <div>
        <Text size="xs" c="dimmed" mb={4} aria-live="polite">
          {finished} of {steps.length} steps done
        </Text>
        <Progress value={(100 * finished) / steps.length} size="xs" aria-label={`${title}: steps done`} />
      </div>
      <ol ref={list} className={classes['steps']} aria-label={`Steps in ${title}`}>
        {steps.map((step, index) => (
          <GuideStepItem
            key={step.name}
            number={index + 1}
            step={step}
            values={values}
            done={isDone(step.name)}
            open={open === step.name}
            onOpen={(opened) => setOpen(opened ? step.name : null)}
            onDone={(done) => setDone(step.name, done)}
            onGoOn={() => goOn(step.name)}
          />
        ))}
      </ol>
      {script === 'ENTRA' && <EntraScriptPanel values={values} />}
      <Disclosure label="Usual mistakes">
        <dl className={classes['mistakes']}>
          {mistakes.map(({ sign, fix }) => (
            <div key={sign}>
              <dt>
                <Text size="sm" fw={600}>
                  {sign}
                </Text>
              </dt>
              <dd>
                <Text size="sm">
                  <Words text={fix} />
                </Text>
              </dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </Stack>
  )
}
