// The rollout's own work: plans over ten thousand objects, a release tried on twenty sites, and a site from nothing to its
// first confirmed order.
import { type Context, SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { sql, transaction } from '#kernel/db'
import { type Kernel, openKernel } from '#kernel/kernel'
import { migrate } from '#kernel/migrate'
import { commandOf, questionOf } from '#kernel/module'
import { loadFleet, SITES } from '../../src/demo/fleet/fleet.ts'
import { modules } from '../../src/modules/index.ts'
import { withVersion } from '../../src/rollout/template/version.ts'
import { layGoods } from '../../src/scenario/world/goods.ts'
import { layPartners } from '../../src/scenario/world/partners.ts'
import { layPrices } from '../../src/scenario/world/prices.ts'
import type { Layer } from '../../src/scenario/world.ts'
import { readTemplate, readTemplateFiles, setUpCompany } from '../../src/setup/index.ts'
import type { Bench, BenchContext, Check } from '../lib/bench.ts'
import { cpuBetween, readCpu } from '../lib/cpu.ts'
import type { Row } from '../lib/table.ts'

const OBJECTS = 10_000
const WORLD = { code: 'ALPHA', name: 'Alpha Supply', currency: 'USD', country: 'US', timeZone: 'America/New_York' }

export const rollout: Bench = {
  name: 'rollout',
  about: 'plan and apply of 10,000 objects, a release tried on 20 sites, and a new site to its first order',
  run: async (context) => {
    const url = await context.freshDatabase('bench_rollout')
    await migrate(url)
    const kernel = openKernel(url, { max: 4 })
    try {
      const yard = new Yard(context, kernel)
      await yard.fleet()
      await yard.plans()
      await yard.newSite()
      return {
        rows: yard.rows,
        checks: yard.checks,
        notes: ['CPU is that of this process, which plans, and of PostgreSQL, which reads and writes.'],
      }
    } finally {
      await kernel.close()
    }
  },
}

class Yard {
  readonly rows: Row[] = []
  readonly checks: Check[] = []
  readonly #context: BenchContext
  readonly #kernel: Kernel
  readonly #now = new Date()

  constructor(context: BenchContext, kernel: Kernel) {
    this.#context = context
    this.#kernel = kernel
  }

  async #timed<T>(what: string, targetSeconds: number | null, work: () => Promise<T>): Promise<T> {
    this.#context.log(`rollout: ${what}`)
    const probe = { postmasterPid: this.#context.postmasterPid, serverPid: null }
    const before = readCpu(probe)
    const started = performance.now()
    const result = await work()
    const seconds = (performance.now() - started) / 1000
    const used = cpuBetween(before, readCpu(probe))
    this.rows.push({
      what,
      seconds,
      target_seconds: targetSeconds,
      own_cpu_ms: used.clientMs,
      database_cpu_ms: used.databaseMs,
    })
    return result
  }

  #at(companyId: number): Context {
    return { principal: SYSTEM, companyId, channel: 'cli', now: this.#now, today: todayIn('Etc/UTC', this.#now) }
  }

  async #run(
    permission: string,
    companyId: number,
    given: { ids?: readonly string[]; input: unknown; reason?: string },
  ) {
    const { reason, ...request } = given
    return await commandOf(modules, permission).run(
      this.#kernel,
      { ...this.#at(companyId), ...(reason ? { reason } : {}) },
      request,
    )
  }

  async fleet(): Promise<void> {
    await this.#timed('a fleet of 20 sites from nothing', null, () => loadFleet(this.#kernel, modules, this.#now))
    const question = questionOf(modules, 'rollout.what-if')
    const effects = await this.#timed('what-if of a release over 20 sites', 30, () =>
      question.ask<{ site: string }>(this.#kernel, this.#at(1), { release: '1.2.0' }),
    )
    const sites = new Set(effects.map((one) => one.site)).size
    this.checks.push({ name: 'every site behind the release is listed', ok: sites === SITES / 2, detail: `${sites}` })
  }

  /** A release with thousands of accounts more, planned, applied, and planned again. */
  async plans(): Promise<void> {
    const files = withVersion(readTemplateFiles(), '2.0.0')
    const more = Array.from(
      { length: OBJECTS - 500 },
      (_, at) => `X${String(at).padStart(5, '0')},Account ${at},asset,none,locked,Bench`,
    )
    files['chart-of-accounts.csv'] = `${(files['chart-of-accounts.csv'] ?? '').trimEnd()}\n${more.join('\n')}\n`
    await this.#run('rollout.release.publish', 1, { input: [{ files, notes: 'Many accounts' }] })
    const found = await transaction(this.#kernel.pool, { companies: [1] }, (tx) =>
      tx.first(sql<{ id: string }>`select id from rollout.site where company_id = 1`),
    )
    const site = found?.id ?? ''
    await this.#run('rollout.site.follow', 1, { ids: [site], input: { release: '2.0.0' } })
    const made = await this.#timed(`plan over ${OBJECTS} objects, nearly all new`, 2, () =>
      this.#run('rollout.plan.make', 1, { input: [{ site }] }),
    )
    const { hash, steps } = made.result as { hash: string; steps: number }
    await this.#run('rollout.plan.approve', 1, { ids: made.ids, input: { hash } })
    await this.#timed(`apply of ${steps} steps`, null, () =>
      this.#run('rollout.plan.apply', 1, { ids: made.ids, input: {} }),
    )
    const again = await this.#timed(`plan over ${OBJECTS} objects, nothing to do`, 2, () =>
      this.#run('rollout.plan.make', 1, { input: [{ site }] }),
    )
    const left = (again.result as { steps: number }).steps
    this.checks.push({
      name: 'a plan after apply is empty',
      ok: left === 0 && steps > 9_000,
      detail: `${steps} steps, then ${left}`,
    })
  }

  /** Set-up, site, plan, apply, masters of the scenarios' size, and one order confirmed. */
  async newSite(): Promise<void> {
    const state = await this.#timed('a new site to its first confirmed order', 60, async () => {
      const template = readTemplate()
      const openFrom = this.#now.toISOString().slice(0, 7)
      const warehouses = [
        { code: 'W1', name: 'Main house', bins: ['A-01', 'A-02'] },
        { code: 'W2', name: 'Branch' },
      ]
      const made = await setUpCompany(
        this.#kernel,
        template,
        { ...WORLD, openFrom, openMonths: 3, warehouses },
        { now: this.#now },
      )
      const { companyId } = made
      const choices = { 'base-currency': WORLD.currency, 'time-zone': WORLD.timeZone }
      const site = await this.#run('rollout.site.open', companyId, {
        input: [
          {
            code: 'NEW',
            name: 'New',
            kind: 'company',
            scope: 'company',
            wave: 5,
            owner: 'Bench',
            release: template.version,
            taxArea: 'US-ALPHA',
            choices,
          },
        ],
      })
      const plan = await this.#run('rollout.plan.make', companyId, { input: [{ site: site.ids[0] }] })
      await this.#run('rollout.plan.approve', companyId, {
        ids: plan.ids,
        input: { hash: (plan.result as { hash: string }).hash },
      })
      await this.#run('rollout.plan.apply', companyId, { ids: plan.ids, input: {} })
      const ids: Record<string, string> = { ...made.warehouses }
      const layer = this.#layer(companyId)
      await layGoods(layer, ids)
      await layPartners(layer, ids)
      await layPrices(layer, ids)
      const order = await this.#run('sales.order.draft', companyId, {
        input: [{ customer: ids.C1, warehouse: ids.W1, lines: [{ item: ids.P1, quantity: '1' }] }],
      })
      const answer = await this.#run('sales.order.confirm', companyId, { ids: order.ids, input: {} })
      return Object.values(answer.states ?? {})[0]
    })
    this.checks.push({
      name: 'the first order of the new site is confirmed',
      ok: state === 'confirmed',
      detail: String(state),
    })
  }

  #layer(companyId: number): Layer {
    return {
      kernel: this.#kernel,
      company: { code: WORLD.code, id: companyId },
      create: async (verb, input) => (await this.#run(verb, companyId, { input })).ids,
      act: async (verb, ids, input = {}, reason = 'Bench') => {
        await this.#run(verb, companyId, { ids, input, reason })
      },
    }
  }
}
