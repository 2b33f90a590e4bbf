// The walk of a guide, read from its page: the commands between the fences, with what their comments promise.
import { readFileSync } from 'node:fs'

/** One line of a fence: its words, the exit code that its comment promises, or the file that it writes and its text. */
export type Command = { readonly words: readonly string[]; readonly code: number }
export type Line = { readonly commands: readonly Command[]; readonly writes?: { file: string; text: string } }

const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

function lineOf(written: string): Line {
  const [text = '', comment = ''] = written.split(/\s+#\s/)
  const printed = /^printf '([^']*)' > (\S+)$/.exec(text)
  if (printed)
    return { commands: [], writes: { text: (printed[1] ?? '').replaceAll('\\n', '\n'), file: printed[2] ?? '' } }
  const code = Number(/^exit code (\d)/.exec(comment)?.[1] ?? 0)
  const commands = text.split(' && ').map((one) => ({ words: wordsOf(one.replace(/^npx tradewright /, '')), code }))
  return { commands: commands.filter((one) => !['export', '#'].includes(one.words[0] ?? '#')) }
}

/** The lines of every shell fence of a section, in their order. */
export function walkOf(guide: string, section: string): readonly Line[] {
  const text = readFileSync(new URL(`../../docs/user/${guide}`, import.meta.url), 'utf8')
  const [, after = ''] = text.split(`\n## ${section}\n`)
  const [own = ''] = after.split('\n## ')
  return [...own.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, fence = '']) => fence.trim().split('\n').map(lineOf))
}
