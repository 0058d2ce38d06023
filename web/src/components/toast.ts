import { notifications } from '@mantine/notifications'

/** Says what has just happened. */
export function toastDone(message: string): void {
  notifications.show({ message, color: 'verdigris', autoClose: 5000, closeButtonProps: { 'aria-label': 'Dismiss' } })
}

/** Says what did not happen and why. Stays until dismissed. */
export function toastFailed(message: string): void {
  notifications.show({
    title: 'Nothing was changed',
    message,
    color: 'red',
    autoClose: false,
    closeButtonProps: { 'aria-label': 'Dismiss' },
  })
}
