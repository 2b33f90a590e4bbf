// One run of the command line: what was thrown becomes an exit code, a sentence on stderr, and JSON where it was asked for.
import { CommanderError } from 'commander'
import { commandLine } from './index.ts'
import { EXIT, failed, outputOf } from './output.ts'

/** Runs `argv` (with node and script in front, as process.argv) to its end and sets the exit code of the process. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const wantsJson = argv.includes('--json')
  try {
    await commandLine().parseAsync([...argv])
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      process.exitCode = failed(error, outputOf({ json: wantsJson }))
      return
    }
    // Help and version were asked for and have been printed; anything else is a usage that commander has explained.
    if (error.exitCode === 0) return
    if (wantsJson) outputOf({ json: true }).result({ ok: false, error: { code: 'USAGE', message: error.message } }, '')
    process.exitCode = EXIT.usage
  }
}
