// Every permission that the product knows: those of its modules, those of administering access, and those asked for inside verbs.
import { ACCESS_PERMISSIONS } from '#kernel/access'
import { type ModuleSpec, permissionsOf } from '#kernel/module'

/** Rights that a verb asks for on top of its own, so that no description carries them. */
const INSIDE_VERBS = ['returns.rma.late', 'returns.rma.without-sale']

/** All names that may stand in permissions.yaml and roles.yaml, each once. */
export function productPermissions(modules: readonly ModuleSpec[]): readonly string[] {
  const installed = new Set(modules.map((one) => one.name))
  const inside = INSIDE_VERBS.filter((name) => installed.has(name.slice(0, name.indexOf('.'))))
  return [...new Set([...permissionsOf(modules), ...inside, ...Object.keys(ACCESS_PERMISSIONS)])].sort()
}
