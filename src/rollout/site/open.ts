// Opening a site: it names the release that it follows and what it answers to the template's choices; nothing changes yet.
import { type Call, command, creation } from '#kernel/command'
import { sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import type { Value } from '../configuration/object.ts'
import { refuse } from '../refusals.ts'
import type { Parameters, TemplateFiles } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'
import { placeFor } from './place.ts'
import { SCOPES, SITE_KINDS, site } from './site.ts'

const Choices = T.record(T.any())
const SiteInput = {
  name: T.text(),
  kind: T.choice(SITE_KINDS),
  wave: T.integer(0, 999),
  owner: T.text(),
  taxArea: T.optional(T.code()),
  place: T.optional(T.code()),
  choices: T.optional(Choices),
}

type Release = { id: string; number: string; state: string; files: TemplateFiles }

/** The release of that number. Refuses RELEASE_UNKNOWN, and RELEASE_WITHDRAWN for one that none may begin to follow. */
export async function releaseOf(tx: Tx, number: string): Promise<Release> {
  const found = await tx.first(
    sql<Release>`select id, number, state, files from rollout.release where number = ${number}`,
  )
  if (!found) return refuse('RELEASE_UNKNOWN', { number })
  if (found.state === 'withdrawn') refuse('RELEASE_WITHDRAWN', { number })
  return found
}

/** What the company's own site answers to the template, which holds for its places too; nothing while it has none. */
async function answersAbove({ tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>) {
  const found = await tx.first(sql<{ parameters: Parameters }>`select parameters from rollout.site
    where company_id = ${companyId} and scope = 'company'`)
  return { taxArea: found?.parameters.taxArea ?? '', above: found?.parameters.choices ?? {} }
}

async function currencyOf({ tx, companyId }: Pick<Call<unknown>, 'tx' | 'companyId'>): Promise<string> {
  const company = await tx.first(
    sql<{ currency: string }>`select currency from access.directory() where id = ${companyId}`,
  )
  if (!company) throw new Error(`company ${companyId} is not in the directory`)
  return company.currency
}

/**
 * Opens sites of the caller's company, or of one of its places, such as a warehouse. Refuses SITE_THERE when the company, or
 * the enterprise, has a site already, what `placeFor` refuses, and whatever the template refuses of the choices.
 */
export const open = (tools: Tools) =>
  creation(
    site.verbs.open,
    T.object({ id: T.optional(T.id()), code: T.code(), scope: T.choice(SCOPES), release: T.code(), ...SiteInput }),
    async (call) => {
      const currency = await currencyOf(call)
      for (const [at, given] of call.input.entries()) {
        const release = await releaseOf(call.tx, given.release)
        const place = await placeFor(call.tx, tools.kinds, call.companyId, given)
        const { taxArea, above } = await answersAbove(call)
        const parameters = {
          scope: given.scope,
          currency,
          taxArea: given.taxArea ?? (place === null ? '' : taxArea),
          choices: (given.choices ?? {}) as Record<string, Value>,
          ...(place === null ? {} : { place }),
        }
        tools.compile(release.files, { ...parameters, above })
        const added =
          await call.tx.run(sql`insert into rollout.site (company_id, id, code, name, kind, scope, place, wave, owner, state, release_id, parameters, created_at, updated_at)
          values (${call.companyId}, ${call.ids[at]}, ${given.code}, ${given.name}, ${given.kind}, ${given.scope}, ${place}, ${given.wave}, ${given.owner}, 'discovery',
            ${release.id}, ${JSON.stringify(parameters)}::jsonb, ${call.now}, ${call.now}) on conflict do nothing`)
        if (added === 0) refuse('SITE_THERE', { code: given.code, scope: given.scope })
      }
    },
  )

/** Changing what a site is called, when it comes, who answers for it, and its answers to the template's choices. */
export const change = (tools: Tools) =>
  command(
    site.verbs.change,
    T.object({
      name: T.optional(T.text()),
      wave: T.optional(T.integer(0, 999)),
      owner: T.optional(T.text()),
      choices: T.optional(Choices),
    }),
    async (call) => {
      const { input, tx, companyId } = call
      const sites = await tx.rows(sql<{
        id: string
        files: TemplateFiles
        parameters: Parameters
      }>`
      select s.id, r.files, s.parameters from rollout.site s join rollout.release r on r.id = s.release_id join ${call.set} g on g.id = s.id where s.company_id = ${companyId}`)
      const { above } = await answersAbove(call)
      for (const one of sites) {
        const parameters = {
          ...one.parameters,
          choices: (input.choices ?? one.parameters.choices) as Record<string, Value>,
        }
        tools.compile(one.files, { ...parameters, above })
        await tx.run(sql`update rollout.site set name = coalesce(${input.name ?? null}, name), wave = coalesce(${input.wave ?? null}::int, wave),
        owner = coalesce(${input.owner ?? null}, owner), parameters = ${JSON.stringify(parameters)}::jsonb where company_id = ${companyId} and id = ${one.id}`)
      }
      return { states: new Map(call.rows.map((row) => [row.id, row.state])) }
    },
  )
