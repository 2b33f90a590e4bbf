// The command line: one binary, help with examples on every level, and an exit code that a script can rely on.
import { runCommandLine } from './cli/run.ts'

await runCommandLine(process.argv)

// What still holds on after the answer was given, such as a connection that does not close, must not hold the shell.
setTimeout(() => process.exit(), 5_000).unref()
