// Objects that a template states one by one, in files `objects/KIND.yaml`: each block adds an object, changes some of its
// values, or takes it away. Blocks stand in the order of their keys, and what people wrote beside them stays.
import { isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { byName, nameOf, type Value } from '../configuration/object.ts'
import { refuse } from '../refusals.ts'
import type { Control, TemplateFiles, TemplateObject } from './template-object.ts'

const FOLDER = 'objects/'

/** The file of a kind. */
export const fileOf = (kind: string): string => `${FOLDER}${kind}.yaml`

/** One block. Values that it leaves out stay as the other files have them. */
export type Block = {
  readonly object: string
  readonly retired?: boolean
  readonly control?: Control
  readonly owner?: string
  readonly reason?: string
  readonly allowed?: Readonly<Record<string, Value>>
  readonly fields?: Readonly<Record<string, Value>>
}

const isMembers = (value: unknown): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isControl = (value: unknown): value is Control =>
  value === 'locked' || value === 'default' || value === 'local-choice'

/** The blocks of every kind. Refuses TEMPLATE_BLOCK for what is no block. */
export function blocksOf(
  files: TemplateFiles,
): readonly { readonly kind: string; readonly file: string; readonly block: Block }[] {
  return Object.entries(files)
    .filter(([file]) => file.startsWith(FOLDER))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, text]) => {
      const document = parseDocument(text)
      const [broken] = document.errors
      if (broken) refuse('TEMPLATE_BLOCK', { file, problem: broken.message.split('\n')[0] })
      const found: unknown = document.toJS() ?? []
      if (!Array.isArray(found)) return refuse('TEMPLATE_BLOCK', { file, problem: 'it is no list of blocks' })
      const kind = file.slice(FOLDER.length).replace(/\.yaml$/, '')
      return found.map((one: unknown) => ({ kind, file, block: blockOf(file, one) }))
    })
}

function blockOf(file: string, given: unknown): Block {
  if (!isMembers(given) || given.object === undefined)
    return refuse('TEMPLATE_BLOCK', { file, problem: 'a block names no object' })
  const { object, control, fields, allowed } = given
  const problem = (what: string) => refuse('TEMPLATE_BLOCK', { file, problem: `${String(object)}: ${what}` })
  if (control !== undefined && !isControl(control)) problem('control is locked, default or local-choice')
  if (fields !== undefined && !isMembers(fields)) problem('fields are values by name')
  if (allowed !== undefined && !isMembers(allowed)) problem('allowed are values by name')
  return { ...given, object: String(object) }
}

/**
 * The objects with the blocks over them. A block of an object that no other file has must say everything: owner and
 * fields; one that does not is about an object of other places, such as a code of another country's taxes, and says
 * nothing here. Kinds of the other scope are left out by `has`. Refuses TEMPLATE_BLOCK.
 */
export function withBlocks(
  objects: readonly TemplateObject[],
  files: TemplateFiles,
  has: (kind: string) => boolean,
): readonly TemplateObject[] {
  const found = new Map(byName(objects))
  for (const { kind, file, block } of blocksOf(files)) {
    if (!has(kind)) continue
    const name = nameOf({ kind, key: block.object })
    const former = found.get(name)
    if (block.retired) found.delete(name)
    else if (former) found.set(name, over(former, block, file))
    else if (block.owner && block.fields)
      found.set(
        name,
        over({ kind, key: block.object, fields: {}, control: 'default', owner: '', reason: '' }, block, file),
      )
  }
  return [...found.values()]
}

/**
 * Refuses TEMPLATE_BLOCK for a block that changes an object which stands nowhere: `there` names those that do, and kinds
 * that may stand `anywhere` are left to the sites.
 */
export function refuseMisplaced(
  files: TemplateFiles,
  there: ReadonlySet<string>,
  anywhere: (kind: string) => boolean,
): void {
  for (const { kind, file, block } of blocksOf(files)) {
    if (anywhere(kind)) continue
    const whole = block.retired || (block.owner && block.fields)
    if (!whole && !there.has(nameOf({ kind, key: block.object }))) {
      const problem = `${block.object} is in no other file, so it needs an owner and fields`
      refuse('TEMPLATE_BLOCK', { file, problem })
    }
  }
}

const over = (former: TemplateObject, block: Block, file: string): TemplateObject => ({
  ...former,
  fields: { ...former.fields, ...block.fields },
  control: block.control ?? former.control,
  owner: block.owner ?? former.owner,
  reason: block.reason ?? former.reason,
  ...(block.allowed ? { allowed: { ...former.allowed, ...block.allowed } } : {}),
  from: file,
})

/** The text of a kind's file with the block in it: merged into the one of that object, or put in its place by the key. */
export function withBlock(text: string | undefined, block: Block): string {
  const document = parseDocument(text ?? '')
  if (!isSeq(document.contents)) document.contents = document.createNode([]) as YAMLSeq as typeof document.contents
  const list = document.contents as unknown as YAMLSeq
  const keyOf = (item: unknown): string => (isMap(item) ? String(item.get('object')) : '')
  const found = list.items.find((item) => keyOf(item) === block.object)
  if (found && isMap(found)) merge(document, found, block)
  else {
    const after = list.items.findIndex((item) => keyOf(item) > block.object)
    list.items.splice(after < 0 ? list.items.length : after, 0, document.createNode(block) as YAMLMap)
  }
  return document.toString({ lineWidth: 140 })
}

function merge(document: ReturnType<typeof parseDocument>, node: YAMLMap, block: Block): void {
  for (const [name, value] of Object.entries(block)) {
    const former = node.get(name)
    if ((name === 'fields' || name === 'allowed') && isMap(former) && isMembers(value)) {
      for (const [field, one] of Object.entries(value)) former.set(field, document.createNode(one))
    } else if (name !== 'object') node.set(name, document.createNode(value))
  }
  if (!block.retired) node.delete('retired')
}
