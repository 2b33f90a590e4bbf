// The product as it runs here: its modules, and the extensions that are named, installed, live and tested as they stand.
import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql, transaction } from '#kernel/db'
import { EVERY_COMPANY } from '#kernel/every-company'
import type { Kernel } from '#kernel/kernel'
import type { ModuleSpec } from '#kernel/module'
import { refusals } from '#kernel/refusal'
import { isInstalled } from '../rollout/extension/load/install.ts'
import { loadExtension } from '../rollout/extension/load/load.ts'
import { refuse as refuseLoad } from '../rollout/extension/load/refusals.ts'
import { coreVersion } from '../rollout/extension/outcome.ts'

const refuse = refusals({
  NO_EXTENSION: {
    text: '{name} is no folder with an extension.yaml, and neither is one of that name among {places}. Name the folder.',
    kind: 'unknown',
  },
  EXTENSION_NOT_LIVE: {
    text: 'Extension {extension} is not live in the register of any company, or its newest test with version {core} was not green with exactly these files. Take it through the register and run tradewright extension test {folder}, or leave it out of TRADEWRIGHT_EXTENSIONS.',
    kind: 'conflict',
  },
})

/** The extensions that ship with the product. */
const SHIPPED = fileURLToPath(new URL('../../extensions', import.meta.url))

/** The folder of an extension, by its path or by its code among those that ship and those that are named in `named`. Refuses NO_EXTENSION. */
export function extensionFolder(name: string, named: readonly string[] = namedExtensions()): string {
  const places = [name, join(SHIPPED, name), ...named.filter((one) => one.endsWith(`/${name}`))]
  const found = places.find((one) => existsSync(join(one, 'extension.yaml')))
  return found === undefined ? refuse('NO_EXTENSION', { name, places: SHIPPED }) : resolve(found)
}

/** The folders that TRADEWRIGHT_EXTENSIONS names, separated as paths are. */
export function namedExtensions(given = process.env.TRADEWRIGHT_EXTENSIONS ?? ''): readonly string[] {
  return given
    .split(delimiter)
    .filter((one) => one !== '')
    .map((one) => resolve(one))
}

/**
 * The modules with the extensions in these folders behind them. Refuses what `loadExtension` refuses, EXTENSION_NOT_INSTALLED,
 * and EXTENSION_NOT_LIVE: what runs was approved, and is what was tested, to the byte.
 */
export async function withExtensions(
  kernel: Kernel,
  modules: readonly ModuleSpec[],
  folders: readonly string[] = namedExtensions(),
): Promise<readonly ModuleSpec[]> {
  const all = [...modules]
  for (const folder of folders) {
    const loaded = await loadExtension(extensionFolder(folder), all)
    const { code } = loaded.manifest
    const { installed, hash } = await transaction(kernel.pool, { companies: [] }, async (tx) => {
      await tx.rows(EVERY_COMPANY)
      // Of the newest outcome with this version of the product, with whatever template that was.
      const live = await tx.rows(sql<{
        code_hash: string
        verdict: string
      }>`select o.code_hash, o.verdict from rollout.extension x
        cross join lateral (select o.code_hash, o.verdict from rollout.extension_outcome o where o.company_id = x.company_id and o.extension_id = x.id and o.core = ${coreVersion()}
          order by o.at desc, o.id desc limit 1) o
       where x.code = ${code} and x.state = 'live'`)
      const green = live.find((one) => one.verdict === 'passed' && one.code_hash === loaded.hash)
      return { installed: await isInstalled(tx, loaded), hash: green?.code_hash }
    })
    if (!installed) refuseLoad('EXTENSION_NOT_INSTALLED', { extension: code, folder })
    if (hash === undefined) refuse('EXTENSION_NOT_LIVE', { extension: code, core: coreVersion(), folder })
    all.push(loaded.module)
  }
  return all
}
