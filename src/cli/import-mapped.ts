// `import --mapped`: what an acquired entity calls things is said in the template's codes before a document is created.
import type { TSchema } from '@sinclair/typebox'
import type { Command } from '#kernel/command'
import { transaction } from '#kernel/db'
import type { Rejection } from '#kernel/exchange'
import type { Kernel } from '#kernel/kernel'
import { Refusal } from '#kernel/refusal'
import { codesIn, type Translate, translatorOf } from '../rollout/onboarding/translate.ts'
import { type Candidate, type ReadFile, wholeDocument } from './import-read.ts'

/** The file with its codes translated; a document with a code that nobody has mapped is rejected. Refuses NO_SUCH_SITE. */
export async function translated(
  kernel: Kernel,
  companyId: number,
  site: string,
  command: Command,
  read: ReadFile,
): Promise<ReadFile> {
  const translate = await transaction(kernel.pool, { companies: [companyId] }, (tx) =>
    translatorOf(tx, companyId, site),
  )
  const candidates: Candidate[] = []
  const rejected: Rejection[] = [...read.rejected]
  for (const one of read.candidates) {
    const problems: Rejection[] = []
    const input = said(one.input, command.input.properties, translate, (column, { code, message }) =>
      problems.push({ line: one.lines[0] ?? 0, column, code, message }),
    )
    if (problems.length === 0) candidates.push({ ...one, input })
    else rejected.push(...wholeDocument(one, problems))
  }
  return { rowsIn: read.rowsIn, candidates, rejected: rejected.sort((a, b) => a.line - b.line) }
}

type Told = (column: string, no: { code: string; message: string }) => void

/** The input with every code said anew, those in its lines too. */
function said(
  input: Record<string, unknown>,
  properties: Readonly<Record<string, TSchema>>,
  translate: Translate,
  told: Told,
): Record<string, unknown> {
  const anew = (column: string, value: unknown): unknown => {
    const schema = properties[column]
    if (Array.isArray(value) && schema?.items?.type === 'object')
      return value.map((line) => said(line, schema.items.properties, translate, told))
    const entity = schema?.['x-entity']
    const kind = codesIn(column, typeof entity === 'string' ? entity : undefined)
    if (kind === undefined || typeof value !== 'string') return value
    try {
      return translate(kind, value)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      told(column, { code: error.code, message: error.message })
      return value
    }
  }
  return Object.fromEntries(Object.entries(input).map(([column, value]) => [column, anew(column, value)]))
}
