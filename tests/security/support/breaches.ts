// The cases of the matrix. Each function tries everything and returns what should not have been possible, in words.
import { newId } from '#kernel/ids'
import { type Answer, type Client, clientOf } from '../../http/support/client.ts'
import { guarded, type IdPlace, idPlaces, type Operation, sample, sampleWith } from './api.ts'
import { difference, fingerprint } from './effects.ts'
import type { Principal, World } from './world.ts'

/** Where the requests go: the product itself, or a broken build of it. */
export type Target = { origin: string }

const as = (target: Target, principal: Principal): Client => clientOf(target.origin, { key: principal.key })

/** Sends an operation with ids of a company filled in; `change` replaces one of them. */
function send(
  world: World,
  client: Client,
  operation: Operation,
  company: 1 | 2,
  companyName: string,
  change?: { place: IdPlace; value: string } | { parameter: string; value: string },
): Promise<Answer> {
  const idOf = (entity: string) => world.objects.get(entity)?.[company].id ?? '01890a5d-ac96-774b-bcce-b302099a8057'
  const query = new URLSearchParams({ company: companyName })
  let path = operation.path
  for (const parameter of operation.parameters) {
    const own = change && 'parameter' in change && change.parameter === parameter.name
    const value = own ? change.value : String(sample(parameter.schema, idOf))
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value))
    else if (parameter.in === 'query' && parameter.name !== 'company' && (own || parameter.required))
      query.set(parameter.name, value)
  }
  const body =
    operation.body === undefined
      ? undefined
      : change && 'place' in change
        ? sampleWith(operation.body, change.place, change.value, idOf)
        : sample(operation.body, idOf)
  return client(`${path}?${query}`, { method: operation.method, ...(body === undefined ? {} : { body }) })
}

/** So many operations between two looks at the database; only when something changed is each looked at by itself. */
const AT_ONCE = 128

/** Function: who does not hold the permission gets 403 and changes nothing, who is nobody gets 401; who holds it is let in. */
export async function functionBreaches(
  world: World,
  operations: readonly Operation[],
  target: Target = world.site,
): Promise<string[]> {
  const breaches: string[] = []
  const all = guarded(operations)
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const some = all.slice(at, at + AT_ONCE)
    const before = await fingerprint(world.site.admin)
    const denied = await Promise.all(some.map((operation) => deniedBreaches(world, operation, target)))
    if (difference(before, await fingerprint(world.site.admin)).length === 0) breaches.push(...denied.flat())
    else for (const operation of some) breaches.push(...(await changedBreaches(world, operation, target)))
    // The other half, or a server that refuses everybody would pass.
    for (const operation of some) {
      const allowed = await world.site.anybody(
        `${operation.path.replace(/\{\w+\}/g, newId())}?company=ALPHA&unknown=1`,
        {
          method: operation.method,
          headers: { authorization: `Bearer ${world.alpha.key}` },
          ...(operation.body ? { body: {} } : {}),
        },
      )
      if (allowed.status === 401 || allowed.status === 403)
        breaches.push(`${operation.id} turned away who holds ${operation.permission}`)
    }
  }
  return breaches
}

/** Who does not hold the permission, one after the other. */
async function deniedBreaches(world: World, operation: Operation, target: Target): Promise<string[]> {
  const breaches: string[] = []
  const expectDenied = async (name: string, client: Client, status: number, code: string, company = 'ALPHA') => {
    const answer = await send(world, client, operation, 1, company)
    if (answer.status !== status || answer.body.code !== code)
      breaches.push(`${operation.id} answered ${name} with ${answer.status} ${answer.body.code ?? ''}`)
  }
  const lacking = world.lacking.get(operation.permission)
  if (!lacking) breaches.push(`${operation.id} needs ${operation.permission}, which is no permission of the product`)
  else await expectDenied(lacking.name, as(target, lacking), 403, 'NOT_ALLOWED')
  for (const role of world.roles)
    if (!role.permissions.has(operation.permission))
      await expectDenied(`the role ${role.name}`, as(target, role), 403, 'NOT_ALLOWED')
  for (const [name, client] of world.nobodies)
    await expectDenied(name, target === world.site ? client : clientOf(target.origin), 401, 'NOT_SIGNED_IN')
  await expectDenied('all of beta', as(target, world.beta), 404, 'COMPANY_UNKNOWN')
  return breaches
}

/** The same of one operation, with what it changed although it was denied. */
async function changedBreaches(world: World, operation: Operation, target: Target): Promise<string[]> {
  const before = await fingerprint(world.site.admin)
  const breaches = await deniedBreaches(world, operation, target)
  const changed = difference(before, await fingerprint(world.site.admin))
  if (changed.length === 0) return breaches
  return [...breaches, `${operation.id} was denied and yet changed ${changed.join(', ')}`]
}

/**
 * Object: an id of another company answers byte for byte as an id that nobody has, in each place where an id can stand.
 * `shallow` are those tries whose sample did not pass the schema, and so prove nothing.
 */
export async function objectBreaches(
  world: World,
  operations: readonly Operation[],
  target: Target = world.site,
): Promise<{ breaches: string[]; tried: number; shallow: string[] }> {
  const breaches: string[] = []
  const shallow: string[] = []
  let tried = 0
  const client = as(target, world.beta)
  const play = async (operation: Operation) => {
    const places = operation.body
      ? idPlaces(operation.body).map((place) => ({ place, entity: place.entity, codes: place.codes }))
      : []
    const parameters = operation.parameters.flatMap((parameter) =>
      idPlaces(parameter.schema).map(({ entity, codes }) => ({
        parameter: parameter.name,
        entity,
        codes: codes && !parameter.name.startsWith('filter['),
      })),
    )
    for (const { entity, codes, ...where } of [...places, ...parameters]) {
      const foreign = world.objects.get(entity)
      if (!foreign || world.shared.has(entity) || foreign[1].id === foreign[2].id) continue
      const named = codes && foreign[1].number !== '' && foreign[1].number !== foreign[1].id
      const values = named ? [foreign[1].id, foreign[1].number] : [foreign[1].id]
      for (const value of values) {
        tried++
        const unknown = value === foreign[1].id ? newId() : 'NOSUCHTHING'
        const [theirs, nobodys] = [
          await send(world, client, operation, 2, 'BETA', { ...where, value }),
          await send(world, client, operation, 2, 'BETA', { ...where, value: unknown }),
        ]
        const told = [theirs, nobodys].map(
          (answer, at) => `${answer.status} ${normal(answer.text, [value, unknown][at] ?? '')}`,
        )
        const spot = 'place' in where ? where.place.way.join('.') : where.parameter
        if (theirs.body.code === 'INPUT_INVALID') shallow.push(`${operation.id} ${spot}: ${theirs.body.detail}`)
        if (told[0] !== told[1])
          breaches.push(
            `${operation.id} tells ${entity} of another company at ${spot} from nothing: ${told.join(' / ').slice(0, 600)}`,
          )
      }
    }
  }
  const changed = await changesBy(world, guarded(operations), play, 1)
  return { breaches: [...breaches, ...changed.map((one) => `${one} of another company`)], tried, shallow }
}

/**
 * What operations changed that must change nothing: looked at once behind all of them, and behind each only when there is
 * something to find, since looking at every table takes longer than asking.
 */
async function changesBy(
  world: World,
  operations: readonly Operation[],
  play: (operation: Operation) => Promise<void>,
  companyId?: number,
): Promise<string[]> {
  const look = () => fingerprint(world.site.admin, companyId)
  const first = await look()
  for (const operation of operations) await play(operation)
  const tables = difference(first, await look())
  if (tables.length === 0) return []
  const found: string[] = []
  for (const operation of operations) {
    const before = await look()
    await play(operation)
    const changed = difference(before, await look())
    if (changed.length > 0) found.push(`${operation.id} changed ${changed.join(', ')}`)
  }
  return found.length > 0 ? found : [`something, and only once, changed ${tables.join(', ')}`]
}

const NEVER = [
  'company_id',
  'companyId',
  'state',
  'version',
  'approved_by',
  'approvedBy',
  'is_admin',
  'created_at',
  'createdBy',
  'number',
  '__proto__',
]

/** Mass assignment: what a creation does not describe cannot be set, neither by a column's name nor by a field's. */
export async function assignmentBreaches(
  world: World,
  operations: readonly Operation[],
  fields: readonly string[],
): Promise<{ breaches: string[]; tried: number }> {
  const breaches: string[] = []
  let tried = 0
  const client = as(world.site, world.alpha)
  const idOf = (entity: string) => world.objects.get(entity)?.[1].id ?? '01890a5d-ac96-774b-bcce-b302099a8057'
  const play = async (operation: Operation) => {
    const one = operation.body?.properties?.documents?.items
    if (!one) return
    for (const name of new Set([...NEVER, ...fields])) {
      if (name in (one.properties ?? {})) continue
      tried++
      const own = JSON.stringify(sample(one, idOf)).slice(1, -1)
      const raw = `{"documents": [{${own}${own === '' ? '' : ','}"${name}": "1"}]}`
      const answer = await client(`${operation.path}?company=ALPHA`, { raw })
      if (answer.status !== 400)
        breaches.push(`${operation.id} takes ${name}: ${answer.status} ${answer.text.slice(0, 200)}`)
    }
  }
  const changed = await changesBy(world, guarded(operations), play)
  return { breaches: [...breaches, ...changed], tried }
}

/** The answer without the id asked for, and without the ids that an answer of success makes anew. */
const normal = (text: string, id: string): string =>
  text
    .replaceAll(id, 'ID')
    .replaceAll(encodeURIComponent(id), 'ID')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'NEW')
    .replace(/"([A-Z]+-[\d-]*)\d+"/g, '"$1N"')
