// What papers are drawn from: the descriptions of the modules, and the live configuration read by them.
import { KERNEL_CONFIGURATION } from '#kernel/access/configuration'
import { kindsOf } from '#kernel/configuration'
import type { ModuleSpec } from '#kernel/module'
import { readLive } from '../configuration/live.ts'
import type { Sources } from './paper/content.ts'

/** The sources over these modules; the rollout itself is none of them. */
export function sourcesOf(all: readonly ModuleSpec[]): Sources {
  const modules = all.filter((one) => one.name !== 'rollout')
  const kinds = kindsOf([{ name: 'kernel', documents: [], configuration: KERNEL_CONFIGURATION }, ...modules])
  return { modules, live: (tx, companyId) => readLive(tx, kinds, [...kinds.keys()], companyId) }
}
