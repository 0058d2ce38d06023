/** How long a refusal may take, in milliseconds: half of them at most this. */
export const target = 100
/** And none of them more than this, on a machine that has other things to do as well. */
export const hardBound = 500

export const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
