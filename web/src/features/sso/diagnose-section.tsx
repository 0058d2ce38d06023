import { Disclosure } from '../../components/disclosure.tsx'
import { DiagnoseBox } from './diagnose-box.tsx'

type Props = { organizationId: string; connectionId: string }

/** The box, folded away where something else comes first. */
export function DiagnoseSection(props: Props) {
  return (
    <Disclosure label="Something does not work?">
      <DiagnoseBox {...props} />
    </Disclosure>
  )
}
