import { ActionIcon, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import classes from './copyable-value.module.css'
import { useCopy } from './use-copy.ts'

type Props = {
  label: string
  /** Where the value goes, in the other side's words. */
  description?: ReactNode
  value: string
}

/** A value that somebody carries elsewhere: readable, selectable as a whole, copied with one button. */
export function CopyableValue({ label, description, value }: Props) {
  const id = useId()
  const { copied, copy } = useCopy()
  return (
    <div className={classes['copyable']}>
      <label className={classes['label']} htmlFor={id}>
        {label}
      </label>
      {description !== undefined && (
        <div className={classes['description']} id={`${id}-description`}>
          {description}
        </div>
      )}
      <div className={classes['row']}>
        <input
          id={id}
          className={classes['value']}
          value={value}
          readOnly
          aria-describedby={description === undefined ? undefined : `${id}-description`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <ActionIcon
          variant="subtle"
          color={copied ? 'verdigris' : 'gray'}
          size={34}
          className={classes['button']}
          aria-label={`Copy ${label}`}
          onClick={() => void copy(value)}
        >
          {copied ? <IconCheck size={17} aria-hidden="true" /> : <IconCopy size={17} aria-hidden="true" />}
        </ActionIcon>
      </div>
      <VisuallyHidden aria-live="polite">{copied ? `${label} copied` : ''}</VisuallyHidden>
    </div>
  )
}
