export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

export const clockTime = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`
