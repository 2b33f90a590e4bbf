// A rate, a rule or a certificate leads to a code that is in force.
import { sql, type Tx } from '#kernel/db'
import { refuse as refuseKernel } from '#kernel/refusal'
import { refuse } from '../refusals.ts'

/** Refuses with UNKNOWN_CODE or TAX_CODE_WITHDRAWN when one of the codes is not in force. */
export async function requireCodes(tx: Tx, companyId: number, codes: readonly string[]): Promise<void> {
  const found = await tx.rows(sql<{ code: string; state: string }>`select code, state from tax.code
    where company_id = ${companyId} and code = any(${codes}::text[])`)
  const states = new Map(found.map((one) => [one.code, one.state]))
  for (const code of codes) {
    const state = states.get(code)
    if (state === undefined) refuseKernel('UNKNOWN_CODE', { entity: 'tax code', code })
    if (state !== 'active') refuse('TAX_CODE_WITHDRAWN', { code })
  }
}
