// Whose paper it is: the company's name, address and numbers, from the company and its setting `papers`.
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { sql, type Tx } from '#kernel/db'
import { isLocale } from './locale.ts'
import { refuse } from './refusals.ts'

const Lines = Type.Array(Type.String({ maxLength: 120 }), { maxItems: 8 })

/**
 * The company setting `papers`, each part optional. `address` and `bank` are lines as they are printed; `locale` such as
 * de-DE and `size` when the country's custom is not wanted; `gs1Prefix` the GS1 company prefix for parcel labels.
 */
const Papers = Type.Object({
  address: Type.Optional(Lines),
  bank: Type.Optional(Lines),
  taxId: Type.Optional(Type.String({ maxLength: 60 })),
  locale: Type.Optional(Type.String({ maxLength: 20 })),
  size: Type.Optional(Type.Union([Type.Literal('A4'), Type.Literal('LETTER')])),
  gs1Prefix: Type.Optional(Type.String({ pattern: '^\\d{7,10}$' })),
})

export type Issuer = { readonly name: string; readonly code: string; readonly country: string } & Static<typeof Papers>

/** Reads the company. Refuses PAPER_SETTINGS_WRONG when somebody set what cannot be printed. */
export async function readIssuer(tx: Tx, companyId: number): Promise<Issuer> {
  const row = await tx.first(sql<{ name: string; code: string; country: string; papers: unknown }>`
    select name, code, country, coalesce(settings -> 'papers', '{}'::jsonb) as papers from company.v_company where id = ${companyId}`)
  if (!row) throw new Error(`company ${companyId} is gone`)
  const { papers, ...company } = row
  if (!Value.Check(Papers, papers)) {
    const first = Value.Errors(Papers, papers).First()
    return refuse('PAPER_SETTINGS_WRONG', {
      company: row.code,
      problem: `${first?.path ?? ''} ${first?.message ?? ''}`.trim(),
    })
  }
  if (papers.locale !== undefined && !isLocale(papers.locale))
    return refuse('PAPER_SETTINGS_WRONG', { company: row.code, problem: `${papers.locale} is no locale such as de-DE` })
  return { ...company, ...papers }
}
