// Plays a run that the worker was asked for in a process of its own, so that nobody who works on the live site waits for it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Player } from '../rollout/uat/part.ts'
import { uatScenarios } from './library.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/tradewright.js', import.meta.url))
/** As the command says: 1 is a run with red scenarios, which is an answer and no fault. */
const ANSWERS = [0, 1]

/** The home that this process was started with: the one of its environment unless named. */
function homeArguments(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((one) => one === '--home' || one.startsWith('--home='))
  const given = argv[at]
  if (given === undefined) return []
  return given === '--home' ? ['--home', argv[at + 1] ?? ''] : [given]
}

/** The library, and a player that starts `tradewright uat run --run ID` on the same database. */
export const backgroundPlayer: Player = {
  scenarios: uatScenarios,
  play: async (_, { runId }) => {
    const args = [PROGRAM, 'uat', 'run', '--run', runId, '--json', ...homeArguments(process.argv)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let problem = ''
    child.stderr.on('data', (text: Buffer) => {
      problem = `${problem}${text.toString('utf8')}`.slice(-2_000)
    })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    if (code === null || !ANSWERS.includes(code)) throw new Error(`the player ended with ${code}: ${problem.trim()}`)
  },
}
