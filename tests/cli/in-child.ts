// Runs one command line and says at the end, on stderr, how much memory the process ever held (in kilobytes).
import { runCommandLine } from '../../src/cli/run.ts'

await runCommandLine(process.argv)
process.stderr.write(`\nmaxRSS ${process.resourceUsage().maxRSS}\n`)
process.exit()
