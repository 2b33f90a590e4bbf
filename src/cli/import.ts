// `tradewright import`: documents out of a file, through the same verb as a clerk's, every row accounted for.
import { type Command, Option } from 'commander'
import { type OldEncoding, receiptOf } from '#kernel/exchange'
import { creatorOf } from './documents.ts'
import { type Loaded, load } from './import-load.ts'
import { translated } from './import-mapped.ts'
import { readDocuments } from './import-read.ts'
import { type Common, clock, common, companyOf, contextAt, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { tableOf } from './table.ts'

type Given = Common & {
  company: string
  dryRun?: boolean
  skipBad?: boolean
  verb?: string
  ignore?: string
  mapped?: string
  encoding?: 'utf-8' | OldEncoding
}

const SHOWN_MOST = 1_000

/** Adds `import`. */
export function importCommand(program: Command): void {
  const command = program
    .command('import <document> <file>')
    .description('create documents out of a CSV or XLSX file')
    .requiredOption('--company <code>', 'in which company')
    .option('--dry-run', 'say what would happen and change nothing')
    .option('--skip-bad', 'load the good rows and leave out the bad ones; without it, one bad row stops the file')
    .option('--verb <verb>', 'by which verb, where several create the document')
    .option('--mapped <site>', 'translate codes by the approved mappings of this site')
    .option('--ignore <columns>', 'columns of the file to leave out, separated by commas')
    .addOption(
      new Option('--encoding <name>', 'what a CSV file is written in; windows-1252 is that of older programs')
        .choices(['utf-8', 'windows-1252'])
        .default('utf-8'),
    )
  common(command, [
    'tradewright import party.customer customers.csv --company NORTH --dry-run',
    'tradewright import catalog.item items.xlsx --company NORTH --skip-bad',
    'tradewright import party.customer theirs.csv --company NORTH --mapped NORTH',
    'tradewright import party.customer alt.csv --company NORTH --encoding windows-1252 --dry-run',
    '',
    'The first row names the fields. Fields of lines are called lines.NAME; a row without any other cell is a further',
    'line of the document above it. Running the same file again loads only what is not there yet.',
  ]).action(run)
}

async function run(wanted: string, file: string, given: Given): Promise<void> {
  const command = creatorOf(wanted, given.verb)
  await withDatabase(given, async ({ kernel }, output) => {
    const company = await companyOf(kernel, given.company)
    const ignored = (given.ignore ?? '').split(',').map((one) => one.trim())
    const read = await readDocuments(file, command, {
      seed: `${company.id} ${wanted} ${command.verb.verb}`,
      ignored,
      encoding: given.encoding === 'windows-1252' ? given.encoding : undefined,
      progress: output.progress,
    })
    const said = given.mapped ? await translated(kernel, company.id, given.mapped, command, read) : read
    const context = contextAt(company, clock(), { channel: 'import' })
    const mode = given.dryRun ? 'dry-run' : given.skipBad ? 'skip-bad' : 'all-or-nothing'
    const loaded = await load({ kernel, context, command, read: said, mode, progress: output.progress })
    const { receipt, heldBack, already } = loaded
    receiptOf(receipt)
    const bad = receipt.rejected.filter((one) => one.code !== 'HELD_BACK')
    const ok = bad.length === 0
    output.result(
      {
        ok,
        mode,
        rowsIn: receipt.rowsIn,
        loaded: receipt.loaded,
        alreadyThere: already,
        rejected: new Set(bad.map((one) => one.line)).size,
        heldBack,
        rejections: bad.slice(0, SHOWN_MOST),
        ...(read.samples ? { encoding: given.encoding, samples: read.samples } : {}),
      },
      `${sampled(read.samples)}${tell(loaded, bad, mode)}`,
    )
    return ok ? EXIT.ok : EXIT.no
  })
}

/** What an old encoding made of the file, so that wrong letters are seen; nothing where the encoding is certain. */
const sampled = (samples: readonly string[] | undefined): string =>
  samples === undefined
    ? ''
    : samples.length === 0
      ? 'Read as windows-1252; no letter of the file depends on it.\n'
      : `Read as windows-1252, for example: ${samples.join(' | ')}. If these letters are wrong, it is another encoding.\n`

function tell(
  { receipt, heldBack, already, wouldLoad }: Loaded,
  bad: Loaded['receipt']['rejected'],
  mode: string,
): string {
  const lines = new Set(bad.map((one) => one.line)).size
  const read = `${receipt.rowsIn} ${receipt.rowsIn === 1 ? 'row' : 'rows'} read`
  const head =
    mode === 'dry-run'
      ? `${read}: ${wouldLoad} would be loaded, ${lines} would be rejected. Nothing was changed.`
      : `${read}: ${receipt.loaded} loaded${already > 0 ? ` (${already} of them were there already)` : ''}, ${lines} rejected${heldBack > 0 ? `, ${heldBack} held back: correct the rows below, or use --skip-bad` : ''}.`
  const table = bad
    .slice(0, 50)
    .map((one) => ({ line: one.line, column: one.column ?? '', code: one.code, problem: one.message }))
  return bad.length === 0
    ? head
    : `${head}\n\n${tableOf(table)}${bad.length > 50 ? `\n... and ${bad.length - 50} more (--json lists ${SHOWN_MOST})` : ''}`
}
