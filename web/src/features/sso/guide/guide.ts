/** What of ours belongs into a field over there. */
export type GuideValue =
  | 'redirectUrl'
  | 'loginUrl'
  | 'spEntityId'
  | 'spMetadataUrl'
  /** The redirect URL as a regular expression, as OneLogin wants it. */
  | 'redirectUrlPattern'
  /** The settings of Auth0's add-on, as JSON. */
  | 'auth0Settings'

/** A part of the console over there, drawn: its menu, and the fields of the page. */
export type Place = {
  menu: string[]
  /** Which entry of the menu is chosen. */
  chosen: number
  title: string
  fields: string[]
  /** The fields that one looks for. */
  marked: number[]
}

export type GuideStep = {
  /** What the server keeps it by: it never changes. */
  name: string
  title: string
  /** Paragraphs. What stands between two ** is a label of the console over there, or of this page. */
  text: string[]
  values?: { value: GuideValue; field: string }[]
  place?: Place
  /** What one should see now. */
  see?: string
}

export type Guide = {
  /** What the server keeps it by: it never changes. */
  name: string
  title: string
  steps: GuideStep[]
  mistakes: { sign: string; fix: string }[]
  /** It can be set up by a script, too. */
  script?: 'ENTRA'
}

/** The last step of each guide. */
export const testStep: GuideStep = {
  name: 'test',
  title: 'Test it',
  text: [
    'Save here, then press **Test sign-in**: it opens the identity provider in a new window, and shows every check here. It signs nobody in.',
  ],
  see: 'Every check has passed, and the connection is marked as verified.',
}

/** Where metadata by URL is to be had: nothing else has to be copied. */
export const pasteMetadataUrl = (what: string): string =>
  `Paste the ${what} into **Paste anything you have** below. It fills the fields under it, and new certificates are found by themselves later.`

/** Where there is only a file. */
export const pasteMetadataFile = (what: string): string =>
  `Drop the ${what} on **Paste anything you have** below, or open it and paste its text. It fills the fields under it.`
