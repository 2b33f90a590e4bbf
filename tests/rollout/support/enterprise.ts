// An enterprise to try the rollout on: companies from the reference template, its release, and sites that follow it.

import { type Context, type Principal, SYSTEM } from '#kernel/context'
import { todayIn } from '#kernel/dates'
import { commandOf, questionOf } from '#kernel/module'
import { Refusal } from '#kernel/refusal'
import { modules } from '../../../src/modules/index.ts'
import { readTemplate, readTemplateFiles, setUpCompany } from '../../../src/setup/index.ts'
import { testDatabase } from '../../support/database.ts'

export const NOW = new Date('2026-03-02T15:00:00Z')
const UTC = { openFrom: '2026-01', openMonths: 12 }

export const command = (permission: string) => commandOf(modules, permission)
export const question = (name: string) => questionOf(modules, name)

/** The code with which something is refused. */
export const refusal = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'nothing refused',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

/** Somebody who may do everything, and is somebody. */
export const person = (name: string, id: string): Principal => ({ ...SYSTEM, kind: 'person', id, name })
export const MAKER = person('Mara', '01890a5d-ac96-774b-bcce-b302099a8001')
export const APPROVER = person('Arno', '01890a5d-ac96-774b-bcce-b302099a8002')

export async function enterprise(
  companies: readonly { code: string; currency: string; country: string; timeZone?: string }[],
) {
  const database = await testDatabase()
  const { kernel } = database
  const template = readTemplate()
  const ids: Record<string, number> = {}
  for (const one of companies) {
    const made = await setUpCompany(
      kernel,
      template,
      { timeZone: 'Etc/UTC', name: `${one.code} Ltd`, ...one, ...UTC },
      { now: NOW },
    )
    ids[one.code] = made.companyId
  }
  const at = (code: string, principal: Principal = SYSTEM, now = NOW): Context => {
    const companyId = ids[code]
    if (companyId === undefined) throw new Error(`there is no company ${code}`)
    return { principal, companyId, channel: 'api', now, today: todayIn('Etc/UTC', now) }
  }
  const create = async (
    permission: string,
    context: Context,
    input: object,
  ): Promise<{ id: string; result: never }> => {
    const answer = await command(permission).run(kernel, context, { input: [input] })
    return { id: answer.ids[0] ?? '', result: answer.result as never }
  }
  const run = (permission: string, context: Context, id: string, input: object = {}) =>
    command(permission).run(kernel, context, { ids: [id], input })
  const runAll = (permission: string, context: Context, ids: readonly string[], input: object = {}) =>
    command(permission).run(kernel, context, { ids, input })
  const ask = <Row>(name: string, context: Context, parameters: object) =>
    question(name).ask<Row>(kernel, context, parameters)
  const release = (files = readTemplateFiles(), notes = 'First') =>
    create('rollout.release.publish', at(companies[0]?.code ?? ''), { files, notes })
  return { ...database, template, ids, at, create, run, runAll, ask, release }
}
