import classes from './initials.module.css'

/** A person's initials in a circle whose tone follows from the name. Decoration: the name stands beside it. */
export function Initials({ name }: { name: string }) {
  return (
    <span className={classes['initials']} data-tone={toneOf(name)} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = (name.split('@')[0] ?? name).split(/[\s._-]+/).filter((word) => word !== '')
  const [first = '?', ...rest] = words
  return `${first.slice(0, 1)}${rest.at(-1)?.slice(0, 1) ?? ''}`.toUpperCase()
}

const toneOf = (name: string): number => [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 5
