import { escapeHtml } from '../../core/escape-html.ts'

// The console's own colours (web/src/app/theme.ts), without its scripts and style sheets.
export const style = `
:root{color-scheme:light dark;--ground:#f7f9f8;--card:#fff;--line:#e5e9e7;--ink:#1a211f;--soft:#55615c;--accent:#1a6253;--on-accent:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#101413;--card:#161b19;--line:#2e3633;--ink:#dbe1de;--soft:#aab4b0;--accent:#217663}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;padding:8vh 16px 24px;background:var(--ground);color:var(--ink);font:15px/1.55 "Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif}
.brand{display:flex;align-items:center;gap:10px;font-size:17px;font-weight:600;margin-bottom:28px}.brand img{border-radius:7px}
main{width:100%;max-width:480px;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:28px;box-shadow:0 1px 3px rgb(0 0 0/5%)}
h1{font-size:22px;line-height:1.3;margin:0 0 12px;font-weight:600}p{margin:0 0 12px}
.soft{color:var(--soft);font-size:14px}.reference{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.actions{display:flex;flex-wrap:wrap;gap:12px;margin:24px 0}
.button{display:inline-block;padding:9px 16px;border-radius:8px;font-weight:600;font-size:14px;text-decoration:none;border:1px solid var(--line);color:var(--ink)}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
button.button{background:none;font:inherit;font-size:14px;font-weight:600;cursor:pointer}button.primary{background:var(--accent)}
hr{border:0;border-top:1px solid var(--line);margin:24px 0}p:last-child{margin-bottom:0}`

/** A small page of its own, for moments when the console cannot be relied upon. `body` is HTML. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} · Gatehouse</title><link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${style}</style></head><body><header class="brand"><img src="/favicon.svg" alt="" width="28" height="28">Gatehouse</header><main>${body}</main></body></html>
`
