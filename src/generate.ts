// Writes what is generated: the schema snapshot, row types, and the pages of docs/generated. `--check` only compares.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { parse } from 'yaml'
import { startEmbedded } from '#embedded'
import { migrate } from '#kernel/migrate'
import { apiTypes } from './generate/api.ts'
import { coverage } from './generate/coverage.ts'
import { eventList, permissionGrid, stateDiagrams } from './generate/docs.ts'
import { glossary } from './generate/glossary.ts'
import { rowTypes, schemaText } from './generate/schema.ts'
import { modules } from './modules/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every generated file with its text. `client` is connected to a freshly migrated database. */
export async function generated(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['db/schema.sql', await schemaText(client)],
    ['src/generated/rows.ts', await rowTypes(client)],
    ['docs/generated/permissions.md', permissionGrid(modules, templateRoles())],
    ['docs/generated/states.md', stateDiagrams(modules)],
    ['docs/generated/events.md', eventList(modules)],
    ['docs/generated/coverage.md', coverage(root)],
    ['web/generated/api.ts', await apiTypes(modules)],
    ['docs/glossary.md', glossary(root, modules)],
  ])
}

/** The roles of the reference template. */
function templateRoles(): { code: string; permissions: string[] }[] {
  const file = parse(readFileSync(join(root, 'template/roles.yaml'), 'utf8'))
  return file.roles.map((role: { role: string; permissions: string[] }) => ({ code: role.role, permissions: role.permissions }))
}

async function main(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'tradewright-generate-'))
  const server = await startEmbedded({ home })
  try {
    await migrate(server.ownerUrl)
    const client = new pg.Client({ connectionString: server.ownerUrl })
    await client.connect()
    const files = await generated(client)
    await client.end()
    let different = 0
    for (const [path, text] of files) {
      const full = join(root, path)
      if (existsSync(full) && readFileSync(full, 'utf8') === text) continue
      different += 1
      console.log(`${process.argv.includes('--check') ? 'differs' : 'written'}: ${path}`)
      if (process.argv.includes('--check')) continue
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, text)
    }
    return process.argv.includes('--check') && different > 0 ? 1 : 0
  } finally {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/'))) process.exitCode = await main()
