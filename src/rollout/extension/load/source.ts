// Reads a source file of an extension as the static check needs it: its code without texts and comments, its SQL, its imports.

/** `code` has texts, templates and comments blanked; `sql` are the templates tagged sql, with `$` for each value. */
export type Read = {
  readonly code: string
  readonly sql: readonly string[]
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[]
}

const IMPORT = /\b(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]*?\bfrom\s*)?['"]([^'"]+)['"]/g

type State = { readonly text: string; at: number; code: string; readonly sql: string[] }

/** Reads the text. A template that never ends is read to the end of the file. */
export function readSource(text: string): Read {
  const state: State = { text, at: 0, code: '', sql: [] }
  scan(state, false)
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)\/\/[^\n]*/g, '$1')
  const imports = [...withoutComments.matchAll(IMPORT)].map((match) => ({
    from: match[2] ?? '',
    typeOnly: match[1] !== undefined,
  }))
  return { code: state.code, sql: state.sql, imports }
}

/** Reads code up to the end, or inside a template up to the brace that closes its value. */
function scan(state: State, inTemplate: boolean): void {
  let depth = 0
  while (state.at < state.text.length) {
    const { text, at } = state
    const two = text.slice(at, at + 2)
    const one = text[at] ?? ''
    if (two === '//') skipTo(state, '\n', 0)
    else if (two === '/*') skipTo(state, '*/', 2)
    else if (one === "'" || one === '"') skipText(state, one)
    else if (one === '`') template(state)
    else {
      if (one === '{') depth++
      if (one === '}' && depth-- === 0 && inTemplate) return
      state.code += one
      state.at++
    }
  }
}

function skipTo(state: State, end: string, length: number): void {
  const found = state.text.indexOf(end, state.at + 2)
  state.at = found < 0 ? state.text.length : found + length
  state.code += ' '
}

function skipText(state: State, quote: string): void {
  state.at++
  while (state.at < state.text.length && state.text[state.at] !== quote)
    state.at += state.text[state.at] === '\\' ? 2 : 1
  state.at++
  state.code += `${quote}${quote}`
}

/** A template; its values are code again. Those tagged `sql` are kept. */
function template(state: State): void {
  const tagged = /\bsql(?:<[^`]*>)?\s*$/.test(state.code)
  state.at++
  let said = ''
  while (state.at < state.text.length && state.text[state.at] !== '`') {
    if (state.text.startsWith('${', state.at)) {
      state.at += 2
      state.code += ' ('
      scan(state, true)
      state.code += ') '
      said += ' $ '
    } else if (state.text[state.at] === '\\') state.at += 2
    else said += state.text[state.at]
    state.at++
  }
  state.at++
  state.code += ' `` '
  if (tagged) state.sql.push(said)
}
