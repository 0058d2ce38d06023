import { Modal } from '@mantine/core'
import { useState } from 'react'
import { toastDone } from '../../components/toast.ts'
import { useReturnFocus } from '../../components/use-return-focus.ts'
import { PreviewStep } from './preview-step.tsx'
import { RecoveryCodesStep } from './recovery-codes-step.tsx'

type Props = {
  slug: string
  organizationId: string
  /** Of the viewer's recovery codes. */
  unusedCodes: number
  /** Only new codes are asked for, and nothing is required. */
  codesOnly: boolean
  onClose: () => void
}

/** First the way back in, then who loses access; then it is required. */
export function RequireSsoDialog({ slug, organizationId, unusedCodes, codesOnly, onClose }: Props) {
  const [step, setStep] = useState<'codes' | 'preview'>('codes')
  const [held, setHeld] = useState(false)
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={onClose}
      title={step === 'preview' ? 'Who loses access?' : 'Recovery codes'}
      size="lg"
      centered
      withCloseButton={!held}
      closeOnEscape={!held}
      closeOnClickOutside={!held}
    >
      {step === 'codes' ? (
        <RecoveryCodesStep
          organizationId={organizationId}
          unused={unusedCodes}
          doneLabel={codesOnly ? 'Done' : 'Continue'}
          onShown={() => setHeld(true)}
          onCancel={onClose}
          onDone={() => {
            setHeld(false)
            if (codesOnly) onClose()
            else setStep('preview')
          }}
        />
      ) : (
        <PreviewStep
          slug={slug}
          onCancel={onClose}
          onDone={() => {
            toastDone('Single sign-on is required, on trial for 30 minutes')
            onClose()
          }}
        />
      )}
    </Modal>
  )
}
