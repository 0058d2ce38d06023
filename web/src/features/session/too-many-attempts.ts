/** What to read while a rate limit holds. */
export const tooManyAttempts = (seconds: number): string =>
  `Too many attempts. You can try again in ${seconds >= 120 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}.`
