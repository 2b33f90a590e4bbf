// The command line: one binary, help with examples on every level, and an exit code that a script can rely on.
import { CommanderError } from 'commander'
import { commandLine } from './cli/index.ts'
import { EXIT, failed, outputOf } from './cli/output.ts'

const wantsJson = process.argv.includes('--json')

try {
  await commandLine().parseAsync(process.argv)
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version were asked for and have been printed; anything else is a usage that commander has explained.
    if (error.exitCode !== 0) {
      if (wantsJson)
        outputOf({ json: true }).result({ ok: false, error: { code: 'USAGE', message: error.message } }, '')
      process.exitCode = EXIT.usage
    }
  } else {
    process.exitCode = failed(error, outputOf({ json: wantsJson }))
  }
}

// What still holds on after the answer was given, such as a connection that does not close, must not hold the shell.
setTimeout(() => process.exit(), 5_000).unref()
