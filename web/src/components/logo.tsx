import classes from './logo.module.css'

/** The mark: a gatehouse with its arch. Decoration beside the name, so hidden from assistive technology. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return (
    <svg
      className={classes['mark']}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="7" />
      <path d="M6.5 8h3.6v2.6h2.6V8h6.6v2.6h2.6V8h3.6v17h-4.6v-5.2a4.9 4.9 0 0 0-9.8 0V25H6.5z" />
    </svg>
  )
}

export function Logo() {
  return (
    <span className={classes['logo']}>
      <LogoMark />
      Gatehouse
    </span>
  )
}
