import { PasswordInput } from '@mantine/core'
import classes from './new-password-input.module.css'

const enough = 12

type Props = { value: string; onChange: (value: string) => void; error?: string | undefined }

/** A password to be chosen: length is what counts, and the hint says how much is missing. */
export function NewPasswordInput({ value, onChange, error }: Props) {
  const length = [...value].length
  const missing = enough - length
  return (
    <div>
      <PasswordInput
        label="Password"
        name="new-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={enough}
        description="At least 12 characters. A few unrelated words are easy to remember and hard to guess."
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password', tabIndex: 0 }}
      />
      <div className={classes['meter']} aria-hidden="true" data-enough={missing <= 0 || undefined}>
        <div className={classes['fill']} style={{ width: `${Math.min(100, (length / enough) * 100)}%` }} />
      </div>
      <div className={classes['hint']} aria-live="polite">
        {length === 0
          ? ' '
          : missing > 0
            ? `${missing} more ${missing === 1 ? 'character' : 'characters'}`
            : 'Long enough'}
      </div>
    </div>
  )
}
