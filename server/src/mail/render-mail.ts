import { escapeHtml } from '../core/escape-html.ts'

/** What a mail says: plain paragraphs, and at most one thing to open. */
export type MailContent = { subject: string; paragraphs: readonly string[]; link?: { label: string; url: string } }

const style = {
  body: 'margin:0;padding:24px;background:#f7f7f5;color:#1d1f24;font:16px/1.55 system-ui,sans-serif',
  card: 'max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #e3e2dc;border-radius:12px',
  button:
    'display:inline-block;padding:10px 16px;border-radius:8px;background:#2f5d50;color:#ffffff;font-weight:600;text-decoration:none',
  soft: 'margin:24px 0 0;color:#5b5f6b;font-size:13px',
}

/** The same words as plain text and as HTML. Whatever stands in them is text: nothing of it becomes markup. */
export function renderMail(
  { subject, paragraphs, link }: MailContent,
  publicUrl: string,
): { text: string; html: string } {
  const from = `Sent by Gatehouse at ${publicUrl}.`
  const text = [...paragraphs, ...(link === undefined ? [] : [`${link.label}:\n${link.url}`]), `-- \n${from}`]
  const button =
    link === undefined
      ? ''
      : `<p><a href="${escapeHtml(link.url)}" style="${style.button}">${escapeHtml(link.label)}</a></p>`
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="${style.body}"><div style="${style.card}">
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
${button}
<p style="${style.soft}">${escapeHtml(from)}</p>
</div></body></html>
`
  return { text: `${text.join('\n\n')}\n`, html }
}
