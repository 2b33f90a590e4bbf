// Sets a paper as one page of HTML that needs nothing else: it prints, it is kept in a file, and no text in it can act.
import type { Chapter, Content } from './chapter.ts'

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text as HTML shows it. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .4rem}table{border-collapse:collapse;width:100%;font-size:.86rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8885;overflow-wrap:break-word}.hash{word-break:break-all;font:.72rem ui-monospace,monospace;min-width:17ch}th{font-weight:600}
.scroll{overflow-x:auto}.soft{opacity:.7;font-size:.85rem}.green{color:#1a7f37}.red{color:#c62828}code{font-size:.78rem;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){.green{color:#57c76f}.red{color:#ff8a80}}@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}`

/** A hash breaks anywhere, words do not. */
const HASH = /^[0-9a-f]{64}$/

const cells = (row: readonly string[], tag: 'td' | 'th'): string =>
  row.map((cell) => `<${tag}${HASH.test(cell) ? ' class="hash"' : ''}>${escaped(cell)}</${tag}>`).join('')

function section({ title, text, tables, whole }: Chapter): string {
  const body = tables.map(({ heads, rows }) =>
    rows.length === 0
      ? '<p class="soft">—</p>'
      : `<div class="scroll"><table>${heads.some(Boolean) ? `<thead><tr>${cells(heads, 'th')}</tr></thead>` : ''}<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>`,
  )
  const all = whole ? `<p class="soft">${whole.rows} in all, SHA-256 <code>${whole.hash}</code></p>` : ''
  return `<section><h2>${escaped(title)}</h2>${text.map((one) => `<p>${escaped(one)}</p>`).join('')}${body.join('')}${all}</section>`
}

/** `notes` stand under the title: edition, signature, hash, what differs. */
export const paperHtml = (content: Content, notes: readonly string[], language = 'en'): string =>
  `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(content.title)}</title><style>${STYLE}</style></head>
<body><header><h1>${escaped(content.title)}</h1>${notes.map((one) => `<p class="soft">${escaped(one)}</p>`).join('')}</header><main>${content.chapters.map(section).join('')}</main></body></html>`
