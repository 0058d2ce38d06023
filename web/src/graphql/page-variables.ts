export const pageSize = 25

/** Where in a list the address bar stands: after one cursor, before another, or at the beginning. */
export type PageSearch = { after?: string; before?: string }

export type PageVariables = { first?: number; after?: string; last?: number; before?: string }

export function pageVariables({ after, before }: PageSearch): PageVariables {
  if (before !== undefined) return { last: pageSize, before }
  return after === undefined ? { first: pageSize } : { first: pageSize, after }
}
