import type { Place } from './guide.ts'
import classes from './place-drawing.module.css'

/** A drawing of the page over there, not a likeness: where it is in the menu, and which of its fields are meant. */
export function PlaceDrawing({ place }: { place: Place }) {
  const { menu, chosen, title, fields, marked } = place
  const meant = marked.map((index) => fields[index]).join(', ')
  return (
    <div role="img" aria-label={`Drawing: ${menu[chosen] ?? ''}, ${title}: ${meant}`} className={classes['window']}>
      <div className={classes['menu']}>
        {menu.map((entry, index) => (
          <div key={entry} className={classes['entry']} data-chosen={index === chosen || undefined}>
            {entry}
          </div>
        ))}
      </div>
      <div className={classes['page']}>
        <div className={classes['title']}>{title}</div>
        {fields.map((field, index) => (
          <div key={field} className={classes['field']} data-marked={marked.includes(index) || undefined}>
            {field}
          </div>
        ))}
      </div>
    </div>
  )
}
