// One run of the command line: what was thrown becomes an exit code, a sentence on stderr, and JSON where it was asked for.
import { CommanderError } from 'commander'
import { commandLine } from './index.ts'
import { EXIT, failed, outputOf } from './output.ts'

/** Runs `argv` (with node and script in front, as process.argv) to its end and sets the exit code of the process. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync([...argv])
  } catch (error) {
    process.exitCode = judged(error, argv.includes('--json'))
  }
  // Somebody who reads slowly, in a pager, must get everything before the process may end.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()))
}

function judged(error: unknown, wantsJson: boolean): number {
  const output = outputOf({ json: wantsJson })
  if (!(error instanceof CommanderError)) return failed(error, output)
  // Help and version were asked for and have been printed; anything else is a usage that commander has explained.
  if (error.exitCode === 0) return EXIT.ok
  if (wantsJson) output.result({ ok: false, error: { code: 'USAGE', message: error.message } }, '')
  return EXIT.usage
}
