// Runs the command line in the test's own process: a new one would spend more time on starting than on its work.
import { runCommandLine } from '../../src/cli/run.ts'

/** What a command left behind. */
export type Ran = { code: number; out: string; err: string; json: () => Record<string, unknown> }

/** Runs the command line in this process, as `src/cli.ts` does, and hands back what it wrote. */
export async function inProcess(words: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ran> {
  const { env, exitCode, stdout, stderr } = process
  const written = { out: '', err: '' }
  const writes = { out: stdout.write, err: stderr.write }
  const into = (which: 'out' | 'err') => (piece: string | Uint8Array, done?: unknown) => {
    written[which] += String(piece)
    if (typeof done === 'function') done()
    return true
  }
  const { DATABASE_URL: _url, ...rest } = env
  process.env = { ...rest, ...settings }
  process.exitCode = 0
  stdout.write = into('out')
  stderr.write = into('err')
  try {
    await runCommandLine(['node', 'tradewright', ...words])
    return { ...written, code: Number(process.exitCode ?? 0), json: () => JSON.parse(written.out) }
  } finally {
    stdout.write = writes.out
    stderr.write = writes.err
    process.env = env
    process.exitCode = exitCode
  }
}
