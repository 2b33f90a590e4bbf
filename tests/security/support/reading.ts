// Field and query surface: what is hidden is absent on every way of reading, and every way shows the same documents.
import type { DocumentSpec } from '#kernel/document'
import type { ModuleSpec } from '#kernel/module'
import { clientOf } from '../../http/support/client.ts'
import type { World } from './world.ts'

const pathOf = (doc: DocumentSpec) => `/api/${doc.name.replaceAll('.', '/')}`
type Item = Record<string, unknown>
const itemsOf = (body: Record<string, unknown>): Item[] => (Array.isArray(body.items) ? body.items : [])

/** Who lacks the permission of a hidden field must not find it in list, document, export, sort, filter or history. */
export async function fieldBreaches(
  world: World,
  modules: readonly ModuleSpec[],
): Promise<{ breaches: string[]; hidden: number }> {
  const breaches: string[] = []
  let hidden = 0
  for (const doc of modules.flatMap((module) => module.documents)) {
    const fields = [
      ...Object.entries(doc.fields).map(([key, field]) => ({ key, field, line: false })),
      ...Object.entries(doc.lines?.fields ?? {}).map(([key, field]) => ({ key, field, line: true })),
    ]
    for (const { key, field, line } of fields) {
      const without = field.see === undefined ? undefined : world.lacking.get(field.see)
      const object = world.objects.get(doc.name)?.[1]
      if (!without || !object) continue
      hidden++
      const client = clientOf(world.site.origin, { key: without.key })
      const spot = `${doc.name}.${line ? 'lines.' : ''}${key}`
      const one = await client(`${pathOf(doc)}/${object.id}`)
      const list = await client(`${pathOf(doc)}?limit=1`)
      const rows: Item[] = line
        ? Array.isArray(one.body.lines)
          ? one.body.lines
          : []
        : [one.body, ...itemsOf(list.body)]
      if (one.status !== 200 || list.status !== 200)
        breaches.push(`${spot}: ${one.status} ${list.status} for who may read the rest`)
      if (rows.some((row) => key in row)) breaches.push(`${spot} is shown without ${field.see}`)
      if (line) continue
      for (const query of [`sort=${key}`, `sort=-${key}`, `filter[${key}]=1`, `filter[${key}][from]=1`]) {
        if ((await client(`${pathOf(doc)}?${query}`)).status !== 400)
          breaches.push(`${spot} can be asked by ${query} without ${field.see}`)
      }
      const head = (await client(`${pathOf(doc)}?format=csv`)).text.split('\r\n', 1)[0] ?? ''
      if (head.split(',').includes(key)) breaches.push(`${spot} is exported without ${field.see}`)
    }
  }
  return { breaches, hidden }
}

/** What beta sees by list is what it sees by export, one by one, by search and by history; nothing of alpha is among it. */
export async function differentialBreaches(world: World, modules: readonly ModuleSpec[]): Promise<string[]> {
  const breaches: string[] = []
  const client = clientOf(world.site.origin, { key: world.beta.key })
  for (const doc of modules.flatMap((module) => module.documents)) {
    const path = pathOf(doc)
    const list = await client(`${path}?limit=200&total=true`)
    if (list.status !== 200) {
      breaches.push(`${doc.name}: the list answers ${list.status} ${list.text.slice(0, 200)}`)
      continue
    }
    const ids = itemsOf(list.body).map((item) => String(item.id))
    const csv = (await client(`${path}?format=csv`)).text
    const exported = csv
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',', 1)[0])
      .filter((id) => id)
    if (ids.length < 200 && [...exported].sort().join() !== [...ids].sort().join())
      breaches.push(`${doc.name}: export and list differ`)
    if (ids.length < 200 && list.body.total !== ids.length)
      breaches.push(`${doc.name}: the total counts ${list.body.total} of ${ids.length}`)
    for (const id of ids.slice(0, 5)) {
      for (const way of [`${path}/${id}`, `${path}/${id}/history`])
        if ((await client(way)).status !== 200) breaches.push(`${doc.name}: listed, and not found at ${way}`)
    }
    const foreign = doc.shared ? undefined : world.objects.get(doc.name)?.[1]
    if (!foreign || foreign.id === world.objects.get(doc.name)?.[2].id) continue
    const seen = [
      list.text,
      csv,
      (await client(`${path}?q=${encodeURIComponent(foreign.number)}`)).text,
      (await client(`${path}?filter[number]=${encodeURIComponent(foreign.number)}`)).text,
    ].join()
    if (seen.includes(foreign.id)) breaches.push(`${doc.name}: a row of another company is shown`)
  }
  return breaches
}
