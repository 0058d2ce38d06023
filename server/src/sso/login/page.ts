import { escapeHtml } from '../../core/escape-html.ts'

const style = `
:root{color-scheme:light dark;--ground:#f7f7f5;--card:#fff;--line:#e3e2dc;--ink:#1d1f24;--soft:#5b5f6b;--accent:#2f5d50;--on-accent:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#131517;--card:#1b1e21;--line:#2d3136;--ink:#eceef0;--soft:#a3a9b3;--accent:#7fc4ae;--on-accent:#10201b}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--ink);font:16px/1.55 "Inter Variable",Inter,system-ui,sans-serif}
main{width:100%;max-width:520px;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:32px}
h1{font-size:22px;line-height:1.3;margin:0 0 12px;letter-spacing:-.01em}p{margin:0 0 12px}
.soft{color:var(--soft);font-size:14px}.reference{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
.actions{display:flex;flex-wrap:wrap;gap:12px;margin:24px 0}
a.button{display:inline-block;padding:10px 16px;border-radius:8px;font-weight:600;text-decoration:none;border:1px solid var(--line);color:var(--ink)}
a.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
hr{border:0;border-top:1px solid var(--line);margin:24px 0}`

/** A small page of its own, for moments when the console cannot be relied upon. `body` is HTML. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} · Gatehouse</title><link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${style}</style></head><body><main>${body}</main></body></html>
`
