import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type AuditSearch, exportUrl } from './audit-search.ts'

/** The events that are looked for as a file; everything when nothing is. */
export function ExportMenu({ slug, search }: { slug: string; search: AuditSearch }) {
  return (
    <Menu position="bottom-end" shadow="md" width={180} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden="true" />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={exportUrl(slug, 'csv', search)} download>
          CSV
        </Menu.Item>
        <Menu.Item component="a" href={exportUrl(slug, 'jsonl', search)} download>
          JSON Lines
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
