/** What a leaflet is made of, before it is Markdown or HTML. Texts are plain and are escaped where they are written out. */
export type Block =
  | { is: 'heading'; level: 1 | 2 | 3; text: string }
  | { is: 'paragraph'; text: string }
  | { is: 'note'; text: string }
  | { is: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { is: 'list'; lines: readonly Line[] }
  /** Lines to fill in by hand. */
  | { is: 'sign'; fields: readonly string[] }

export type Line = { text: string; parts: readonly Line[] }

export function toMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(blockInMarkdown).join('\n\n')}\n`
}

function blockInMarkdown(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inMarkdown(block.text)}`
    case 'paragraph':
      return inMarkdown(block.text)
    case 'note':
      return `> ${inMarkdown(block.text)}`
    case 'table': {
      const row = (cells: readonly string[]) => `| ${cells.map(inMarkdown).join(' | ')} |`
      return [row(block.head), `|${' --- |'.repeat(block.head.length)}`, ...block.rows.map(row)].join('\n')
    }
    case 'list':
      return block.lines.flatMap((line) => linesInMarkdown(line, '')).join('\n')
    case 'sign':
      return block.fields.map((field) => `${inMarkdown(field)}: ${'\\_'.repeat(30)}`).join('\n\n')
  }
}

const linesInMarkdown = ({ text, parts }: Line, indent: string): string[] => [
  `${indent}- ${inMarkdown(text)}`,
  ...parts.flatMap((part) => linesInMarkdown(part, `${indent}  `)),
]

/** What somebody wrote in a rule set stays text: no markup, no new line. */
const inMarkdown = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/^(#|\+ |- |\d+[.)])/, '\\$1')

export function toHtml(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${inHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${blocks.map(blockInHtml).join('\n')}
</main>
</body>
</html>
`
}

function blockInHtml(block: Block): string {
  switch (block.is) {
    case 'heading':
      return `<h${block.level}>${inHtml(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${inHtml(block.text)}</p>`
    case 'note':
      return `<p class="note">${inHtml(block.text)}</p>`
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${inHtml(cell)}</th>`).join('')
      const rows = block.rows.map((cells) => `<tr>${cells.map((cell) => `<td>${inHtml(cell)}</td>`).join('')}</tr>`)
      return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`
    }
    case 'list':
      return listInHtml(block.lines)
    case 'sign':
      return `<dl class="sign">${block.fields.map((field) => `<dt>${inHtml(field)}</dt><dd></dd>`).join('')}</dl>`
  }
}

const listInHtml = (lines: readonly Line[]): string =>
  `<ul>${lines.map(({ text, parts }) => `<li>${inHtml(text)}${parts.length > 0 ? listInHtml(parts) : ''}</li>`).join('')}</ul>`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const inHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)

const STYLE = `
body { font: 11pt/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 }
main { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
h2 { border-bottom: 1px solid #999; padding-bottom: .2rem; margin-top: 2rem }
h3 { margin-bottom: .2rem }
table { border-collapse: collapse; width: 100%; font-size: 90% }
th, td { border: 1px solid #999; padding: .25rem .4rem; text-align: left; vertical-align: top }
td { overflow-wrap: break-word }
p, li { overflow-wrap: anywhere }
.note { border-left: .3rem solid #1a1a1a; padding-left: .8rem; font-weight: 600 }
.sign dd { border-bottom: 1px solid #1a1a1a; height: 2.2rem; margin: 0 }
@media print { main { max-width: none; margin: 0 } h2, h3 { break-after: avoid } tr, li, .sign { break-inside: avoid } }
`
