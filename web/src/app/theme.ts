import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core'

// Aged copper: the one colour of the house. Shade 8 carries white text on light pages, shade 7 on dark ones.
const verdigris: MantineColorsTuple = [
  '#f0faf6',
  '#dcf3eb',
  '#b9e6d8',
  '#8ed4c0',
  '#5fbda4',
  '#3ea388',
  '#2b8a72',
  '#217663',
  '#1a6253',
  '#124a3f',
]

const red: MantineColorsTuple = [
  '#fef2f1',
  '#fde3e1',
  '#fbc8c4',
  '#f5a19b',
  '#ec736b',
  '#de4b43',
  '#c9352e',
  '#b82c26',
  '#a12620',
  '#7b1f1a',
]

const amber: MantineColorsTuple = [
  '#fdf7e7',
  '#faecc5',
  '#f4d88c',
  '#ecc052',
  '#dda52a',
  '#c08a16',
  '#a06f0f',
  '#835a10',
  '#6b4a12',
  '#4f3812',
]

const gray: MantineColorsTuple = [
  '#f7f9f8',
  '#f0f3f1',
  '#e5e9e7',
  '#d8dddb',
  '#c1c9c5',
  '#9aa5a0',
  '#75817c',
  '#55615c',
  '#38423e',
  '#1a211f',
]

const dark: MantineColorsTuple = [
  '#dbe1de',
  '#aab4b0',
  '#8a9590',
  '#5f6a65',
  '#3c4642',
  '#2e3633',
  '#212826',
  '#161b19',
  '#101413',
  '#0a0d0c',
]

export const theme: MantineThemeOverride = createTheme({
  colors: { verdigris, red, amber, gray, dark },
  primaryColor: 'verdigris',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  black: '#1a211f',
  fontFamily: "'Inter Variable', 'Inter until loaded', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // A place in index.html: content outside all landmarks is easily missed with a screen reader.
    Portal: { defaultProps: { target: '#overlays' } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Skeleton: { defaultProps: { radius: 'sm' } },
    Tooltip: {
      defaultProps: { multiline: true, maw: 280, openDelay: 200, events: { hover: true, focus: true, touch: true } },
    },
  },
})

/** Tones that pass 4.5:1 wherever Mantine's own defaults do not. */
export const cssVariables: CSSVariablesResolver = (resolved) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': resolved.colors.gray[7],
    '--mantine-color-placeholder': resolved.colors.gray[6],
    '--mantine-color-error': resolved.colors.red[8],
    '--gatehouse-line': resolved.colors.gray[2],
    '--gatehouse-quiet': resolved.colors.gray[0],
  },
  dark: {
    '--mantine-color-dimmed': resolved.colors.dark[1],
    '--mantine-color-placeholder': resolved.colors.dark[2],
    '--mantine-color-error': resolved.colors.red[4],
    '--gatehouse-line': resolved.colors.dark[5],
    '--gatehouse-quiet': resolved.colors.dark[8],
  },
})
