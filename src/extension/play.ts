// Plays the tests that an extension names: on a copy, in the scenario world of a template, installed and loaded as at work (EXT-04).
import { join } from 'node:path'
import type pg from 'pg'
import type { ModuleSpec } from '#kernel/module'
import { installExtension } from '../rollout/extension/load/install.ts'
import type { Loaded } from '../rollout/extension/load/load.ts'
import {
  chooseScenarios,
  type Outcome,
  openDatabases,
  type Playground,
  readScenarios,
  runScenario,
} from '../scenario/index.ts'

export type ExtensionPlay = {
  readonly playground: Playground
  readonly extension: Loaded
  readonly modules: readonly ModuleSpec[]
  /** The files of the template that the world is laid from; the product's unless given. */
  readonly files?: Readonly<Record<string, string>> | undefined
  /** Told after each scenario how many there are in all. */
  readonly news?: (done: number, total: number) => void
}

/** Every outcome, in the order of the tests. The copies are removed; the playground stays open for who opened it. */
export async function playExtension({
  playground,
  extension,
  modules,
  files,
  news,
}: ExtensionPlay): Promise<readonly Outcome[]> {
  const all = [...modules, extension.module]
  const scenarios = chooseScenarios(readScenarios(join(extension.folder, 'scenarios')), extension.manifest.tests)
  const databases = await openDatabases(playground.ground, playground.from, all, {
    ...(files ? { files } : {}),
    spoil: (owner) => moveIn(owner, extension),
  })
  try {
    const outcomes: Outcome[] = []
    for (const one of scenarios) {
      const place = { ...(await databases.make()), world: databases.world, modules: all }
      outcomes.push(await runScenario(place, one))
      await databases.drop(place)
      news?.(outcomes.length, scenarios.length)
    }
    return outcomes
  } finally {
    if (playground.thrownAway) await databases.leave()
    else await databases.clear()
  }
}

/** Installs it in the world that is copied, and gives its permissions to the roles that its manifest names. */
async function moveIn(owner: pg.Client, extension: Loaded): Promise<void> {
  await installExtension(owner, extension)
  for (const [role, permissions] of Object.entries(extension.manifest.roles)) {
    await owner.query(
      'insert into access.role_permission (role, permission) select $1, unnest($2::text[]) on conflict do nothing',
      [role, permissions],
    )
  }
}
