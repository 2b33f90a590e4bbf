// `tradewright extension`: extensions checked, installed, and tested on a copy with the product and a template as they stand.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { businessDate, readCompanies } from '#kernel/access/companies'
import { SYSTEM } from '#kernel/context'
import { sql, transaction } from '#kernel/db'
import type { Kernel } from '#kernel/kernel'
import { playExtension } from '../extension/play.ts'
import { extensionFolder } from '../extension/running.ts'
import { modules } from '../modules/index.ts'
import { installInto } from '../rollout/extension/load/install.ts'
import { checkExtension, type Loaded, loadExtension } from '../rollout/extension/load/load.ts'
import { coreVersion } from '../rollout/extension/outcome.ts'
import { hashOf } from '../rollout/template/publish.ts'
import { besideOf, cloneOf, type Outcome } from '../scenario/index.ts'
import { parseTemplate, REFERENCE_TEMPLATE, readTemplateFiles } from '../setup/index.ts'
import { type Common, clock, common, everyCompany, group, refuse, withDatabase } from './options.ts'
import { EXIT, outputOf } from './output.ts'
import { run } from './site-find.ts'
import { tableOf } from './table.ts'

/** Adds `extension` and its subcommands. */
export function extension(program: Command): void {
  const commands = group(program, 'extension', 'what is built beside the standard', [
    'tradewright extension check ./extensions/door-tags',
    'tradewright extension install door-tags',
    'tradewright extension test door-tags --template ./template',
  ])
  const sub = (name: string, description: string, examples: readonly string[]) =>
    common(commands.command(name).description(description), examples)
  sub('check <folder>', 'everything by which an extension would go around the standard or its controls', [
    'tradewright extension check ./extensions/door-tags --json',
  ]).action(check)
  sub('install <folder>', 'make its schema, its tables and its roles in the database', [
    'tradewright extension install ./extensions/door-tags',
  ]).action(install)
  sub('test <extension>', 'play its tests on a copy, and keep what came of them in the register', [
    'tradewright extension test door-tags',
    'tradewright extension test ./extensions/door-tags --template ./template --json',
  ])
    .option(
      '--template <name>',
      'a folder with a template, or the number of a release; the newest release unless given',
    )
    .action(test)
}

async function check(name: string, given: Common): Promise<void> {
  const { findings, loaded } = await checkExtension(extensionFolder(name), modules)
  const ok = loaded !== undefined
  const { documents = [], commands = [] } = loaded?.module ?? {}
  const text = ok
    ? `${loaded.manifest.code} may be let in. Documents: ${documents.length}, verbs: ${commands.length}, tests: ${loaded.manifest.tests.length}.`
    : tableOf(findings.map((one) => ({ code: one.code, file: one.file, problem: one.problem })))
  outputOf(given).result({ ok, extension: loaded?.manifest.code ?? name, hash: loaded?.hash ?? null, findings }, text)
  process.exitCode = ok ? EXIT.ok : EXIT.no
}

async function install(name: string, given: Common): Promise<void> {
  const loaded = await loadExtension(extensionFolder(name), modules)
  await withDatabase(given, async ({ ownerUrl }, output) => {
    const applied = await installInto(ownerUrl, loaded)
    const text = applied.length === 0 ? 'had all of it already' : `applied ${applied.join(', ')}`
    output.result({ ok: true, extension: loaded.manifest.code, applied }, `${loaded.manifest.code}: ${text}.`)
    return EXIT.ok
  })
}

type Files = Readonly<Record<string, string>>

/** The files of a folder or of a release; without a name those of the newest release, or of the template that ships. */
async function filesOf(kernel: Kernel, name: string | undefined): Promise<Files> {
  if (name !== undefined && existsSync(join(name, 'template.yaml'))) return readTemplateFiles(name)
  const found = await transaction(kernel.pool, { companies: [] }, (tx) =>
    tx.first(sql<{ files: Files }>`select files from rollout.release
      where ${name ?? null}::text is null or number = ${name ?? null}::text order by created_at desc, id desc limit 1`),
  )
  if (found) return found.files
  if (name === undefined) return readTemplateFiles(REFERENCE_TEMPLATE)
  const problem = 'it is neither a folder with a template.yaml nor the number of a release.'
  return refuse('OPTION_INVALID', { option: '--template', value: name, problem })
}

async function test(name: string, given: Common & { template?: string }): Promise<void> {
  const loaded = await loadExtension(extensionFolder(name), modules)
  await withDatabase(given, async ({ kernel, embedded, ownerUrl }, output) => {
    const files = await filesOf(kernel, given.template)
    const playground = embedded ? await cloneOf(embedded, output.progress) : await besideOf(ownerUrl)
    const news = (done: number, total: number) =>
      output.progress({ step: 'scenario', text: 'Playing tests', done, total })
    const outcomes = await playExtension({ playground, extension: loaded, modules, files, news }).finally(() =>
      playground.close(false),
    )
    const release = parseTemplate(files).version
    const companies = await keep(kernel, loaded, files, outcomes)
    const ok = outcomes.every((one) => one.ok)
    const answer = { ok, extension: loaded.manifest.code, core: coreVersion(), release, scenarios: outcomes, companies }
    output.result(answer, tell(outcomes, `${release} on ${coreVersion()}`, companies))
    return ok ? EXIT.ok : EXIT.no
  })
}

/** Keeps the outcomes in the register of every company that has the extension; says in which. */
async function keep(
  kernel: Kernel,
  loaded: Loaded,
  files: Files,
  outcomes: readonly Outcome[],
): Promise<readonly string[]> {
  const { code } = loaded.manifest
  const rows = await transaction(kernel.pool, { companies: await everyCompany(kernel) }, (tx) =>
    tx.rows(sql<{
      id: string
      company_id: number
      company: string
    }>`select x.id, x.company_id, c.code as company from rollout.extension x
      join access.directory() c on c.id = x.company_id where x.code = ${code} and x.state not in ('retired', 'rejected') order by c.code`),
  )
  const all = await readCompanies(kernel)
  const now = clock()
  const input = {
    release: parseTemplate(files).version,
    templateHash: hashOf(files).toString('hex'),
    codeHash: loaded.hash,
    scenarios: outcomes.map(({ id, ok, failure }) => ({
      id,
      ok,
      ...(failure === undefined ? {} : { failure: failure.slice(0, 20_000) }),
    })),
  }
  for (const { id, company_id: companyId } of rows) {
    const zone = all.find((one) => one.id === companyId)?.timeZone ?? 'Etc/UTC'
    const context = { principal: SYSTEM, companyId, channel: 'cli', now, today: businessDate(zone, now) } as const
    await run('rollout.extension.record').run(kernel, context, { ids: [id], input })
  }
  return rows.map((one) => one.company)
}

function tell(outcomes: readonly Outcome[], on: string, companies: readonly string[]): string {
  const rows = outcomes.map(({ id, title, ok, milliseconds }) => ({
    id,
    title,
    result: ok ? 'passed' : 'FAILED',
    ms: milliseconds,
  }))
  const kept =
    companies.length === 0
      ? 'It is in no register, so this was kept nowhere.'
      : `Kept in the register of ${companies.join(', ')}.`
  const good = outcomes.filter((one) => one.ok).length
  return [
    tableOf(rows),
    '',
    ...outcomes.filter((one) => !one.ok).map((one) => `${one.id}: ${one.failure}`),
    `${good} of ${outcomes.length} tests passed with template ${on}.`,
    kept,
  ].join('\n')
}
