// What the template says for a site, object by object, with who answers for each and how far a site may differ.
import { sql, type Tx } from '#kernel/db'
import { f } from '#kernel/document'
import { computed, type Query } from '#kernel/query'
import { T } from '#kernel/schema'
import { desiredOf, readSite } from '../plan/compute.ts'
import { refuse } from '../refusals.ts'
import type { TemplateFiles } from '../template/template-object.ts'
import type { Tools } from '../tools.ts'

/** The files of a release, a withdrawn one too: what was is still looked at. Refuses RELEASE_UNKNOWN. */
export async function filesOf(tx: Tx, number: string): Promise<TemplateFiles> {
  const found = await tx.first(
    sql<{ files: TemplateFiles }>`select files from rollout.release where number = ${number}`,
  )
  return found?.files ?? refuse('RELEASE_UNKNOWN', { number })
}

/** The objects of the site's own release, or of another one with the site's parameters. Refuses SITE_NOT_HERE and RELEASE_UNKNOWN. */
export const templateObjects = (tools: Tools): Query =>
  computed('rollout.template-objects', {
    may: 'rollout.release.read',
    title: 'What a release of the template says for a site, with owner, lock and reason of each object',
    parameters: T.object({ site: T.idOf('rollout.site'), release: T.optional(T.text(40)) }),
    columns: {
      kind: f.code(),
      label: f.text(),
      key: f.text(),
      file: f.text({ optional: true }),
      control: f.choice(['locked', 'default', 'local-choice']),
      owner: f.text(),
      reason: f.text(),
      fields: f.json(),
      allowed: f.json({ optional: true }),
    },
    rows: async ({ tx, context, parameters }) => {
      const site = await readSite(tx, context.companyId, parameters.site)
      const files = parameters.release ? await filesOf(tx, parameters.release) : site.files
      return desiredOf(tools, site, files).map((one) => ({
        kind: one.kind,
        label: tools.kinds.get(one.kind)?.label ?? one.kind,
        key: one.key,
        file: one.from ?? null,
        control: one.control,
        owner: one.owner,
        reason: one.reason,
        fields: one.fields,
        allowed: one.allowed ?? null,
      }))
    },
  })
