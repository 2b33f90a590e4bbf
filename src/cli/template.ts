// `tradewright template`: the enterprise template as files, checked, compared, published and written out again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { modules } from '../modules/index.ts'
import { rolloutTools } from '../rollout/index.ts'
import { differences } from '../rollout/questions/template-diff.ts'
import { parseTemplate, REFERENCE_TEMPLATE, readTemplateFiles } from '../setup/index.ts'
import { templateReader } from '../setup/reader.ts'
import { actingIn } from './acting.ts'
import { type Common, clock, common, group, withDatabase } from './options.ts'
import { EXIT, outputOf } from './output.ts'
import { ask, run, sites } from './site-find.ts'
import { configured, tableOf } from './table.ts'
import { lanesOf, signNow, type Trying, trying, verify } from './template-proof.ts'
import { refuseTemplate as refuse } from './template-refusals.ts'
import { rings } from './template-rings.ts'

type Files = Readonly<Record<string, string>>
type Given = Common & { as?: string }

/** Adds `template` and its subcommands. */
export function template(program: Command): void {
  const commands = group(program, 'template', 'the enterprise template as files', [
    'tradewright template check ./template',
    'tradewright template diff 1.0.0 ./template',
    'tradewright template release ./template --notes "Shorter terms"',
  ])
  const sub = (name: string, description: string, examples: readonly string[]) =>
    common(commands.command(name).description(description), examples)
  sub('check [folder]', 'every problem of a template, none when it holds together', [
    'tradewright template check ./template --json',
  ]).action(check)
  sub('diff <from> <to>', 'what differs between two templates, each a folder or the number of a release', [
    'tradewright template diff 1.0.0 1.1.0',
    'tradewright template diff 1.0.0 ./template --tax-area DE --currency EUR',
  ])
    .option('--currency <code>', 'for companies with books in this currency', 'USD')
    .option('--tax-area <area>', 'for companies in this tax area; the first of the template unless given')
    .action(diff)
  sub('release [folder]', 'publish a template; from then on its number means exactly these files', [
    'tradewright template release ./template --notes "Shorter terms" --as dora@example.com',
  ])
    .option('--as <email>', 'act as this person, with his rights; else as the system')
    .option('--notes <text>', 'what changes for the sites', '')
    .action(release)
  sub('export <folder>', 'write the files of a release, as they were published, comments and all', [
    'tradewright template export ./copy --release 1.1.0',
  ])
    .option('--release <number>', 'the newest unless given')
    .option('--overwrite', 'replace files that differ')
    .action(exportFiles)
  sub('verify [release]', 'prove that releases are as they were signed; exit code 1 when one is not', [
    'tradewright template verify',
    'tradewright template verify 1.1.0 --json',
  ]).action(verify)
  sub('rings <release>', 'in which rings the sites follow a release, and what those before have shown', [
    'tradewright template rings 1.1.0 --pilot ALPHA',
    'tradewright template rings 1.1.0 --plan --as olga@demo.test',
    'tradewright template rings 1.1.0 --open 1 --as dora@example.com',
    'tradewright template rings 1.1.0 --replan "Beta has the people" --pilot BETA --as olga@demo.test',
  ])
    .option('--as <email>', 'act as this person, with his rights; else as the system')
    .option('--pilot <site...>', 'sites that go first; those of wave 0 unless named')
    .option('--plan', 'keep the rings as they are proposed; ring 0 is open then')
    .option('--replan <reason>', 'keep them in place of those kept before, while no site behind ring 0 follows')
    .option('--withdraw <reason>', 'take them back, so that the release is followed without rings')
    .option('--open <ring>', 'open this ring, when every site before it has shown that the release holds')
    .action(rings)
  sub('what-if <release>', 'what a release would do to every site, without writing to any', [
    'tradewright template what-if 1.1.0 --json',
    'tradewright template what-if 1.1.0 --scenarios',
  ])
    .option('--as <email>', 'act as this person, with his rights; else as the system')
    .option('--scenarios', 'play the scenarios that matter to each site too, on a copy, and keep what came out')
    .option('--lanes <number>', 'scenarios that are played at once', '2')
    .action(whatIf)
}

function check(folder: string | undefined, given: Common): void {
  const files = readTemplateFiles(folder)
  const problems = templateReader.check(files)
  const { version, code } = parseTemplate(files)
  const ok = problems.length === 0
  outputOf(given).result(
    { ok, template: code, version, problems },
    ok ? `${code} ${version} holds together: ${Object.keys(files).length} files.` : tableOf(problems),
  )
  process.exitCode = ok ? EXIT.ok : EXIT.no
}

const releases = (kernel: Kernel) =>
  transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.rows(sql<{ number: string; files: Files }>`select number, files from rollout.release order by created_at, id`),
  )

/** The files of a folder or of a release. Refuses NO_TEMPLATE. */
async function filesOf(kernel: Kernel, name: string): Promise<Files> {
  if (existsSync(join(name, 'template.yaml'))) return readTemplateFiles(name)
  const all = await releases(kernel)
  const known = all.map((one) => one.number).join(', ') || 'no release yet'
  return all.find((one) => one.number === name)?.files ?? refuse('NO_TEMPLATE', { name, known })
}

async function diff(from: string, to: string, given: Common & { currency: string; taxArea?: string }): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const tools = rolloutTools(modules, templateReader)
    const [before, after] = [await filesOf(kernel, from), await filesOf(kernel, to)]
    const taxArea = given.taxArea ?? parseTemplate(after).taxes.areas[0]?.area ?? ''
    const rows = (['enterprise', 'company'] as const).flatMap((scope) => {
      const side = (files: Files) => ({
        live: false,
        objects: tools.compile(files, { scope, currency: given.currency, taxArea, choices: {} }),
      })
      return differences(side(before), side(after), [])
    })
    const shown = rows.map((one) => ({
      what: one.what,
      kind: one.kind,
      object: one.key,
      field: one.field ?? '',
      from: configured(one.from),
      to: configured(one.to),
      control: one.control,
      owner: one.owner,
    }))
    output.result(
      { ok: rows.length === 0, differences: rows },
      rows.length === 0 ? `${from} and ${to} say the same.` : tableOf(shown),
    )
    return rows.length === 0 ? EXIT.ok : EXIT.no
  })
}

async function release(folder: string | undefined, given: Given & { notes: string }): Promise<void> {
  await withDatabase({ ...given, database: 'prepare' }, async (booted, output) => {
    const { kernel } = booted
    const files = readTemplateFiles(folder ?? REFERENCE_TEMPLATE)
    const [first] = await sites(kernel)
    const context = first
      ? await actingIn(kernel, first.company, given)
      : {
          principal: SYSTEM,
          companyId: 0,
          channel: 'cli' as const,
          now: clock(),
          today: clock().toISOString().slice(0, 10),
        }
    await run('rollout.release.publish').run(kernel, context, { input: [{ files, notes: given.notes }] })
    await signNow(booted, output)
    const { version } = parseTemplate(files)
    output.result(
      { ok: true, release: version },
      `Release ${version} is out. See what it would do with \`tradewright template what-if ${version}\`.`,
    )
    return EXIT.ok
  })
}

async function exportFiles(folder: string, given: Common & { release?: string; overwrite?: boolean }): Promise<void> {
  await withDatabase(given, async ({ kernel }, output) => {
    const all = await releases(kernel)
    const known = all.map((one) => one.number).join(', ') || 'no release yet'
    const found = given.release === undefined ? all.at(-1) : all.find((one) => one.number === given.release)
    if (!found) return refuse('NO_TEMPLATE', { name: given.release ?? 'The newest', known })
    const target = resolve(folder)
    const differ = Object.entries(found.files).filter(
      ([file, text]) => existsSync(join(target, file)) && readFileSync(join(target, file), 'utf8') !== text,
    )
    if (differ.length > 0 && !given.overwrite)
      refuse('FILES_DIFFER', { folder, number: found.number, count: differ.length, file: differ[0]?.[0] })
    for (const [file, text] of Object.entries(found.files)) {
      mkdirSync(dirname(join(target, file)), { recursive: true })
      writeFileSync(join(target, file), text)
    }
    const count = Object.keys(found.files).length
    output.result(
      { ok: true, release: found.number, folder: target, files: count },
      `Release ${found.number}: ${count} files in ${folder}.`,
    )
    return EXIT.ok
  })
}

type Effect = { site: string; label: string; key: string; effect: string; reason: string }

async function whatIf(number: string, given: Given & Trying): Promise<void> {
  const lanes = lanesOf(given.lanes)
  await withDatabase(given, async (booted, output) => {
    const { kernel } = booted
    const all = await sites(kernel)
    const company = all[0]?.company ?? refuse('NO_SITES')
    const effects = await ask('rollout.what-if').ask<Effect>(kernel, await actingIn(kernel, company, given), {
      release: number,
    })
    const shown = effects.map(({ site, label, key, effect, reason }) => ({
      site,
      effect,
      object: `${label} ${key}`,
      reason,
    }))
    const breaks = new Set(
      effects.filter((one) => one.effect === 'conflict' || one.effect === 'deferred').map((one) => one.site),
    )
    const text =
      effects.length === 0
        ? `Release ${number} changes nothing at ${all.length} sites.`
        : `${tableOf(shown)}\n${breaks.size} of ${all.length} sites need a decision or leave something for later.`
    const tried = given.scenarios ? await trying(booted, number, lanes, output) : undefined
    const ok = breaks.size === 0 && (tried?.ok ?? true)
    const { told, ...trials } = tried ?? { told: '' }
    output.result({ ok, sites: all.length, effects, ...trials }, [text, told].filter(Boolean).join('\n\n'))
    return ok ? EXIT.ok : EXIT.no
  })
}
