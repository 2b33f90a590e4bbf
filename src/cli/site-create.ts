// What `tradewright site create` does: brings a new company up from the template, or opens a warehouse as a site below its company.
import { modules } from '../modules/index.ts'
import { bringUpSite, readTemplate, readTemplateFiles } from '../setup/index.ts'
import { actingIn } from './acting.ts'
import { clock, refuse, withDatabase } from './options.ts'
import { EXIT } from './output.ts'
import { type Given, run, siteOf } from './site-find.ts'
import { signNow } from './template-proof.ts'

type NewSite = Given & {
  name: string
  currency?: string
  country?: string
  timeZone: string
  wave: string
  owner: string
  below?: string
  warehouse?: string
  release?: string
  choose?: string[]
}

/** See `tradewright site create --help`. */
export async function create(code: string, given: NewSite): Promise<void> {
  if (given.below === undefined) await createCompany(code, given)
  else await createBelow(code, given, given.below)
}

const needed = (option: string, value: string | undefined): string =>
  value ?? refuse('OPTION_INVALID', { option, value: 'left out', problem: 'the books of a new company need it.' })

const waveOf = (text: string): number =>
  /^\d{1,3}$/.test(text)
    ? Number(text)
    : refuse('OPTION_INVALID', { option: '--wave', value: text, problem: 'give a whole number from 0 to 999.' })

/** From nothing to a company on the template: its plan is made, approved and applied by the system, and is empty then. */
async function createCompany(code: string, given: NewSite): Promise<void> {
  const { name, timeZone, owner } = given
  const [currency, country] = [needed('--currency', given.currency), needed('--country', given.country)]
  const wave = waveOf(given.wave)
  await withDatabase({ ...given, database: 'prepare' }, async (booted, output) => {
    const files = readTemplateFiles()
    const { version } = readTemplate()
    output.progress({ step: 'site', text: `Setting ${code} up from template ${version}` })
    const wanted = { code, name, currency, country, timeZone, owner, wave, files }
    const notes = 'The template that comes with the product'
    const { companyId, plan, hash } = await bringUpSite(booted.kernel, modules, { ...wanted, notes }, clock())
    await signNow(booted, output)
    output.result(
      { ok: true, site: code, company: companyId, plan, hash },
      `${code} is up, on template ${version} (${plan}).`,
    )
    return EXIT.ok
  })
}

/** A warehouse as a site below its company. It follows the company's release unless another is named; nothing changes yet. */
async function createBelow(code: string, given: NewSite, below: string): Promise<void> {
  const wave = waveOf(given.wave)
  await withDatabase(given, async ({ kernel }, output) => {
    const above = await siteOf(kernel, below)
    const { name, owner, warehouse: place = code, release = above.release } = given
    const choices = Object.fromEntries((given.choose ?? []).map(answer))
    await run('rollout.site.open').run(kernel, await actingIn(kernel, above.company, given), {
      input: [{ code, name, kind: 'warehouse', scope: 'place', place, wave, owner, release, choices }],
    })
    output.result(
      { ok: true, site: code, below: above.code, place, release },
      `${code} is open below ${above.code}, on release ${release}. See what its plan would change with \`tradewright site plan ${code}\`.`,
    )
    return EXIT.ok
  })
}

/** 'handling-hours=16' as a key and a value: JSON where it is some, else text. */
function answer(text: string): readonly [string, unknown] {
  const at = text.indexOf('=')
  if (at < 1) return refuse('OPTION_INVALID', { option: '--choose', value: text, problem: 'give KEY=VALUE.' })
  const [key, value] = [text.slice(0, at), text.slice(at + 1)]
  try {
    return [key, JSON.parse(value)]
  } catch {
    return [key, value]
  }
}
