// What a command says: answers on stdout, news on stderr, a bar on a terminal and plain lines anywhere else.
import cliProgress from 'cli-progress'
import { EmbeddedError } from '#embedded'
import { OutcomeUnknown } from '#kernel/db'
import { Refusal } from '#kernel/refusal'
import type { BootProgress } from '../boot.ts'

/** 0 it is so, 1 the answer is no, 2 it was asked wrongly, 3 the database or the place cannot be used. */
export const EXIT = { ok: 0, no: 1, usage: 2, unreached: 3 } as const

export type Output = {
  readonly json: boolean
  /** A line for people: stdout, or stderr when stdout carries JSON. */
  say(line: string): void
  /** How far long work is. */
  progress(news: BootProgress): void
  /** Ends the answer: one JSON object, or the text. */
  result(value: object, text: string): void
  /** Takes the bar away, so that what follows begins on a line of its own. */
  settle(): void
}

/** How a command that was given `--json` or not speaks. */
export function outputOf(given: { json?: boolean | undefined }): Output {
  const json = given.json === true
  const bar = process.stderr.isTTY ? terminalBar() : plainLines()
  return {
    json,
    say: (line) => {
      bar.settle()
      const stream = json ? process.stderr : process.stdout
      stream.write(`${line}\n`)
    },
    progress: bar.progress,
    settle: bar.settle,
    result: (value, text) => {
      bar.settle()
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`)
      else if (text !== '') process.stdout.write(`${text}\n`)
    },
  }
}

type Bar = Pick<Output, 'progress' | 'settle'>

function terminalBar(): Bar {
  let bar: cliProgress.SingleBar | undefined
  let text = ''
  const settle = () => {
    bar?.stop()
    bar = undefined
    text = ''
  }
  return {
    settle,
    progress: (news) => {
      if (news.total === undefined || news.done === undefined) {
        settle()
        process.stderr.write(`${news.text}\n`)
        return
      }
      if (text !== news.text) {
        settle()
        text = news.text
        bar = new cliProgress.SingleBar({
          format: '{text} [{bar}] {percentage}% {eta_formatted}',
          stream: process.stderr,
          hideCursor: true,
        })
        bar.start(news.total, news.done, { text })
      } else {
        bar?.setTotal(news.total)
        bar?.update(news.done)
      }
      if (news.done >= news.total) settle()
    },
  }
}

/** One line when a step begins and one at each further quarter of it: a log stays short. */
function plainLines(): Bar {
  const quarters = new Map<string, number>()
  return {
    settle: () => undefined,
    progress: ({ text, done, total }) => {
      const quarter = done === undefined || !total ? 0 : Math.floor((done / total) * 4)
      if ((quarters.get(text) ?? -1) >= quarter) return
      quarters.set(text, quarter)
      process.stderr.write(
        done === undefined || !total || done === 0 ? `${text}\n` : `${text}: ${Math.floor((done / total) * 100)} %\n`,
      )
    },
  }
}

// The product could not be brought up: the place, the database or the address is at fault, not the question.
const UNREACHED = new Set([
  'ADDRESS_UNUSABLE',
  'AUDIT_KEY_MISSING',
  'DATABASE_DISK_FULL',
  'DATABASE_NOT_READY',
  'DATABASE_RIGHTS',
  'DATABASE_SIGN_IN',
  'DATABASE_TOO_OLD',
  'DATABASE_UNREACHED',
  'MIGRATION_CHANGED',
  'MIGRATION_FAILED',
  'MIGRATION_UNKNOWN',
  'NO_DATABASE_YET',
  'PORT_TAKEN',
])
const USAGE = new Set(['OPTION_INVALID', 'HOST_WITH_DEMO'])

/** Says what went wrong and returns the exit code. Only a fault of ours shows where it happened. */
export function failed(error: unknown, output: Output): number {
  const { code, message, exit, detail } = judge(error)
  output.settle()
  process.stderr.write(`${message}\n`)
  if (code === 'FAULT' && error instanceof Error && error.stack) process.stderr.write(`${error.stack}\n`)
  if (output.json) output.result({ ok: false, error: { code, message, ...(detail ? { detail } : {}) } }, '')
  return exit
}

function judge(error: unknown): { code: string; message: string; exit: number; detail?: unknown } {
  if (error instanceof Refusal) {
    const exit = UNREACHED.has(error.code) ? EXIT.unreached : USAGE.has(error.code) ? EXIT.usage : EXIT.no
    return { code: error.code, message: error.message, exit, detail: error.detail }
  }
  if (error instanceof EmbeddedError) {
    const exit = error.code === 'BACKUP_DAMAGED' || error.code === 'HOME_NOT_EMPTY' ? EXIT.no : EXIT.unreached
    return { code: error.code, message: error.message, exit }
  }
  if (error instanceof OutcomeUnknown) {
    return {
      code: 'OUTCOME_UNKNOWN',
      message: 'The connection was lost while saving. Run the same command again: it is done once, not twice.',
      exit: EXIT.unreached,
    }
  }
  return {
    code: 'FAULT',
    message: `This should not have happened: ${error instanceof Error ? error.message : String(error)}`,
    exit: EXIT.unreached,
  }
}
