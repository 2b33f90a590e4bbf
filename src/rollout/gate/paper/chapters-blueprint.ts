// The chapters that follow from the product and its live configuration: how documents flow, what is configured, who may do what.
import { sql } from '#kernel/db'
import { hashOf } from '../judge.ts'
import { type Chapter, chapter, ROWS_MOST } from './chapter.ts'
import type { About, LiveObject } from './content.ts'

/** Every document that does something, with the states that its verbs lead through. */
export const flows = async ({ sources }: About): Promise<Chapter> =>
  chapter(
    'flows',
    'How documents flow',
    ['Document', 'Verb', 'From', 'To', 'Asks for'],
    sources.modules.flatMap((module) =>
      module.documents.flatMap((document) =>
        Object.entries(document.verbs).map(([verb, one]) => [
          document.label,
          verb,
          one.from?.join(', ') ?? '(new)',
          [one.to].flat().join(', '),
          [one.reason ? 'a reason' : '', one.approval ? `approval ${one.approval}` : ''].filter(Boolean).join(', '),
        ]),
      ),
    ),
  )

const told = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const objectRow = ({ key, fields }: LiveObject): string[] => [
  key,
  Object.entries(fields)
    .filter(([, value]) => value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${told(value)}`)
    .join('; '),
]

/** One chapter a kind of configuration, with every object as it stands. Roles have a chapter of their own. */
export async function configurationChapters({ tx, companyId, sources }: About): Promise<readonly Chapter[]> {
  const kinds = new Map<string, LiveObject[]>()
  for (const one of await sources.live(tx, companyId)) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one])
  return [...kinds]
    .filter(([kind]) => kind !== 'access.role')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, objects]) => {
      const shown = chapter(
        `configuration ${kind}`,
        `Configuration: ${kind}`,
        ['Object', 'Values'],
        objects.slice(0, ROWS_MOST).map(objectRow),
      )
      return { ...shown, whole: { rows: objects.length, hash: hashOf(objects) } }
    })
}

export async function roles({ tx }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    code: string
    name: string
    permissions: string
  }>`select r.code, r.name, coalesce(string_agg(p.permission, ', ' order by p.permission), '') as permissions
    from access.role r left join access.role_permission p on p.role = r.code group by r.code, r.name order by r.code`)
  return chapter(
    'roles',
    'Roles',
    ['Role', 'Name', 'May'],
    rows.map((one) => [one.code, one.name, one.permissions]),
  )
}

export async function separations({ tx }: About): Promise<Chapter> {
  const rows = await tx.rows(sql<{
    id: string
    left: string
    right: string
    risk: string
    owner: string
  }>`select id, array_to_string(left_permissions, ', ') as "left",
      array_to_string(right_permissions, ', ') as "right", risk, owner from access.separation order by id`)
  return chapter(
    'separations',
    'Separation of duties',
    ['Pair', 'One', 'The other', 'Risk', 'Owner'],
    rows.map((one) => [one.id, one.left, one.right, one.risk, one.owner]),
  )
}

export const reports = async ({ sources }: About): Promise<Chapter> =>
  chapter(
    'reports',
    'Questions and reports',
    ['Name', 'What it tells', 'Who may ask'],
    sources.modules.flatMap((module) => module.queries.map((one) => [one.name, one.title, one.may])),
  )
