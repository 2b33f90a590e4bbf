// Who asks, for which company, when, and through which channel: everything a command may know beside its input.

export type Channel = 'inside' | 'field' | 'counter' | 'portal' | 'edi' | 'marketplace' | 'web-shop' | 'api' | 'import' | 'job' | 'cli' | 'replay'

/** One grant as the check reads it: null means every company, every warehouse, any amount. */
export type Grant = { companyId: number | null; warehouseId: string | null; upTo: string | null }

/** Who acts. `permissions` maps a permission to the grants that carry it. */
export type Principal = {
  readonly id: string
  readonly name: string
  readonly kind: 'person' | 'machine' | 'system'
  readonly roles: readonly { role: string; companyId: number | null }[]
  readonly permissions: ReadonlyMap<string, readonly Grant[]>
}

/** `now` is the instant of the request; `today` the company's business date; both are given, never read from a clock. */
export type Context = {
  readonly principal: Principal
  readonly companyId: number
  readonly channel: Channel
  readonly now: Date
  readonly today: string
  readonly key?: string
  readonly reason?: string
  readonly dryRun?: boolean
}

/** The grants by which the principal may use `permission` in the company; empty when he may not. */
export function grantsFor(principal: Principal, permission: string, companyId: number): readonly Grant[] {
  const held = principal.permissions.get(permission) ?? principal.permissions.get('*') ?? []
  return held.filter((grant) => grant.companyId === null || grant.companyId === companyId)
}

/** Whether the principal may use `permission` in the company at all. */
export const may = (context: Context, permission: string): boolean =>
  grantsFor(context.principal, permission, context.companyId).length > 0

/** The warehouses to which the grants are narrowed, or null when they are not. */
export function warehousesOf(grants: readonly Grant[]): readonly string[] | null {
  const narrowed = grants.map((grant) => grant.warehouseId)
  return narrowed.includes(null) ? null : narrowed.filter((id): id is string => id !== null)
}

/** The program itself, for jobs, the demo, replay and scenarios' set-up. Held by no person and never by a request. */
export const SYSTEM: Principal = {
  id: '00000000-0000-7000-8000-000000000001',
  name: 'system',
  kind: 'system',
  roles: [],
  permissions: new Map([['*', [{ companyId: null, warehouseId: null, upTo: null }]]]),
}
