// `tradewright profile`: what a file of source data is worth, before anybody migrates it.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { transaction } from '#kernel/db'
import { readCsv, readXlsx } from '#kernel/exchange'
import { modules } from '../modules/index.ts'
import { knownCodes } from '../rollout/discovery/profile/known-codes.ts'
import { profileOf } from '../rollout/discovery/profile/profile.ts'
import { type Figures, scoreOf } from '../rollout/discovery/profile/score.ts'
import { rolloutTools } from '../rollout/index.ts'
import { templateReader } from '../setup/reader.ts'
import { actingIn } from './acting.ts'
import { type Common, common, refuse, withDatabase } from './options.ts'
import { run, siteOf } from './site-find.ts'
import { tableOf } from './table.ts'
import { fileProblem } from './write-file.ts'

const GROUPS = ['.', ',', ' ', "'"] as const

type Given = Common & { decimal?: string; group?: string; keep?: boolean; as?: string }

/** Adds `profile`. */
export function profileCommand(program: Command): void {
  const command = program
    .command('profile <site> <object> <file>')
    .description(
      'profile a CSV or XLSX file of source data: counts, duplicates, gaps, outliers, unknown codes, a score',
    )
    .addOption(new Option('--decimal <sign>', 'the decimal sign of its numbers').choices(['.', ',']).default('.'))
    .addOption(new Option('--group <sign>', 'the sign between groups of three digits').choices(GROUPS))
    .option('--keep', 'keep the profile with the site, as evidence for the data owner to sign')
    .option('--as <email>', 'act as this person, with his rights; else as the system')
  common(command, [
    'tradewright profile LYON customer customers.csv',
    'tradewright profile LYON item items.csv --decimal , --group . --keep --as wiebke@tradewright.example',
    '',
    'Only counts and codes are kept, and no value of a row.',
  ]).action(profile)
}

async function profile(code: string, object: string, file: string, given: Given): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const site = await siteOf(kernel, code)
    const context = await actingIn(kernel, site.company, given)
    const { kinds } = rolloutTools(modules, templateReader)
    const codes = await transaction(kernel.pool, { companies: [site.company_id] }, (tx) =>
      knownCodes(tx, kinds, site.company_id, site.id),
    )
    const bytes = bytesOf(file)
    const rows = file.toLowerCase().endsWith('.xlsx') ? readXlsx(bytes) : readCsv(bytes)
    const decimal = given.decimal === ',' ? ',' : '.'
    const group = GROUPS.find((one) => one === given.group)
    if (group === decimal)
      refuse('OPTION_INVALID', {
        option: '--group',
        value: group,
        problem: 'it is the decimal sign. Name another one.',
      })
    const figures = await profileOf(object, rows, { numbers: { decimal, ...(group ? { group } : {}) }, codes })
    const fileHash = createHash('sha256').update(bytes).digest('hex')
    const input = { site: site.code, object, fileName: basename(file), fileHash, figures }
    const kept = given.keep
      ? await run('rollout.source-profile.take').run(kernel, context, { input: [input] })
      : undefined
    const scored = scoreOf(figures)
    output.result({ ok: true, ...scored, figures, fileHash, kept: kept?.numbers?.[0] ?? null }, tell(figures, scored))
    return undefined
  })
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    const problem = `${fileProblem(error) ?? String(error)}. Name a CSV or XLSX file.`
    return refuse('OPTION_INVALID', { option: 'The file', value: file, problem })
  }
}

function tell(figures: Figures, { score, parts }: ReturnType<typeof scoreOf>): string {
  const empty = figures.columns.filter((one) => one.empty > 0).map((one) => ({ column: one.column, empty: one.empty }))
  return [
    `Quality ${score} %: ${parts.map((one) => `${one.part} ${one.percent ?? 'not looked at'}`).join(', ')}`,
    `${figures.rows} rows, ${figures.broken} more that cannot be read, ${figures.duplicates} there a second time`,
    ...(empty.length > 0 ? ['', tableOf(empty)] : []),
    ...(figures.numbers.length > 0 ? ['', tableOf(figures.numbers.map((one) => ({ ...one })))] : []),
    ...(figures.codes.length > 0
      ? [
          '',
          tableOf(
            figures.codes.map(({ examples, ...one }) => ({ ...one, unknownCodes: examples.slice(0, 5).join(' ') })),
          ),
        ]
      : []),
  ].join('\n')
}
