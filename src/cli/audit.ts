// `tradewright audit`: checks the sealed history, and prints its signed head to be kept elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { trustedKeys } from '#kernel/audit-keys'
import { type AuditVerdict, verifyAudit } from '#kernel/audit-verify'
import { sql, transaction } from '#kernel/db'
import { refusals } from '#kernel/refusal'
import { anchorFile, sealer } from '#kernel/sealer'
import { type Common, clock, common, everyCompany, group, withDatabase } from './options.ts'
import { EXIT } from './output.ts'

const refuse = refusals({
  ANCHOR_UNREADABLE: {
    text: 'The anchor file {file} cannot be read: {problem}. Name a file with what `tradewright audit checkpoint` printed.',
    kind: 'invalid',
  },
  NOTHING_SEALED: {
    text: 'Nothing has been recorded yet, so there is no checkpoint. Try again after the first change.',
    kind: 'unknown',
  },
})

/** Adds `audit` and its subcommands. */
export function audit(program: Command): void {
  const commands = group(program, 'audit', 'the sealed history of every change', [
    'tradewright audit verify',
    'tradewright audit checkpoint >> /mnt/usb/checkpoints.txt',
  ])
  common(
    commands
      .command('verify')
      .description('recompute every leaf and root, check every signature, and name the first bad row')
      .option('--anchor <file>', 'checkpoints that were kept elsewhere'),
    ['tradewright audit verify', 'tradewright audit verify --anchor /mnt/usb/checkpoints.txt --json'],
  ).action(check)
  common(
    commands
      .command('checkpoint')
      .description('seal what is ready and print the signed head: keep it where nobody here can change it'),
    ['tradewright audit checkpoint >> /mnt/usb/checkpoints.txt'],
  ).action(checkpoint)
}

async function check(given: Common & { anchor?: string }): Promise<void> {
  await withDatabase(given, async ({ kernel, home }, output) => {
    const own = anchorFile(home)
    const files = [...(given.anchor ? [given.anchor] : []), ...(existsSync(own) ? [own] : [])]
    const verdict = await verifyAudit(kernel.pool, {
      companies: await everyCompany(kernel),
      keys: trustedKeys(home),
      anchors: files.flatMap(notesIn),
      progress: (done, total) => output.progress({ step: 'audit', text: 'Checking the audit log', done, total }),
    })
    output.result(verdict, tell(verdict))
    return verdict.ok ? EXIT.ok : EXIT.no
  })
}

/** The signed notes of a file: each is its text, an empty line and its signatures. */
function notesIn(file: string): readonly string[] {
  try {
    const notes = readFileSync(file, 'utf8').match(/^[^\n]+\n\d+\n[^\n]+\n(?:[^\n]+\n)*\n(?:— [^\n]+(?:\n|$))+/gm) ?? []
    if (notes.length === 0) refuse('ANCHOR_UNREADABLE', { file, problem: 'it holds no checkpoint' })
    return notes.map((note) => (note.endsWith('\n') ? note : `${note}\n`))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code !== 'ANCHOR_UNREADABLE')
      return refuse('ANCHOR_UNREADABLE', { file, problem: error.message })
    throw error
  }
}

async function checkpoint(given: Common): Promise<void> {
  await withDatabase(given, async ({ kernel, home }, output) => {
    await sealer(kernel.pool, home).seal(clock())
    const newest = await transaction(kernel.pool, { companies: [] }, (tx) =>
      tx.first(
        sql<{
          size: string
          note: string
        }>`select size::text, note from kernel.audit_checkpoint order by size desc limit 1`,
      ),
    )
    if (!newest) return refuse('NOTHING_SEALED')
    output.result({ ok: true, size: Number(newest.size), note: newest.note }, newest.note)
    return EXIT.ok
  })
}

function tell(verdict: AuditVerdict): string {
  const counts = `${verdict.sealed} sealed rows, ${verdict.checkpoints} checkpoints, ${verdict.anchors} anchors, ${verdict.waiting} rows not sealed yet.`
  if (verdict.ok) return `The history is whole: ${counts}`
  return [
    `The history was tampered with, or damaged: ${counts}`,
    ...verdict.findings.map((one) => `  ${one.problem}`),
  ].join('\n')
}
