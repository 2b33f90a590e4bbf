// The files by which a release tells its scenarios, for whoever walks a run or prepares one.
import { sql, type Tx } from '#kernel/db'
import type { TemplateFiles } from '../template/template-object.ts'

const telling = sql`coalesce((select jsonb_object_agg(f.key, f.value) from jsonb_each(r.files) f where f.key like 'scenarios/%'), '{}') as files`

/** Those of the release that a run judges; none when the run is not there. */
export async function scenariosOfRun(tx: Tx, companyId: number, run: string): Promise<TemplateFiles> {
  const found = await tx.first(sql<{ files: TemplateFiles }>`select ${telling} from rollout.uat_run u
    join rollout.release r on r.id = u.release_id where u.company_id = ${companyId} and u.id = ${run}`)
  return found?.files ?? {}
}

/** Those of the release that a site follows, by the site's code or id; none when the site is not there. */
export async function scenariosOfSite(tx: Tx, companyId: number, site: string): Promise<TemplateFiles> {
  const found = await tx.first(sql<{ files: TemplateFiles }>`select ${telling} from rollout.site s
    join rollout.release r on r.id = s.release_id where s.company_id = ${companyId} and (s.code = ${site} or s.id::text = ${site})`)
  return found?.files ?? {}
}
