// Every no that company knows, as the person reads it.
import { columnOfKey } from '#kernel/constraint'
import { errorCode } from '#kernel/db'
import { refusals, refuse as refuseKernel } from '#kernel/refusal'

export const refuse = refusals({
  RATE_MISSING:
    'There is no exchange rate from {currency} to {home} for {day} or the {days} days before it. Record one first.',
  RATE_IS_HOME: {
    text: '{currency} is the currency of the company itself: it is always worth 1. Leave it out.',
    kind: 'invalid',
  },
  RATE_IN_FUTURE: {
    text: 'The rate of {currency} is for {day}, which is still to come. Record it on the day.',
    kind: 'invalid',
  },
  RATE_NOT_POSITIVE: { text: 'The rate of {currency} must be more than 0. Check the file.', kind: 'invalid' },
  CODE_TAKEN: {
    text: 'There is another {entity} with {what} already. Choose another one, or change the one there is.',
    kind: 'conflict',
  },
})

type Told = { readonly detail?: unknown; readonly constraint?: unknown }
const told = (error: unknown): Told => (typeof error === 'object' && error !== null ? error : {})

/** A column of a key as people call it. */
const called = (column: string): string => column.replace(/_id$|_key$/, '').replaceAll('_', ' ')

/**
 * Waits for a write and turns what the database refuses into words: a value that must be unique into CODE_TAKEN, a
 * reference to nothing into UNKNOWN_CODE. Checking before writing would leave a gap in which two can pass.
 * Under row-level security PostgreSQL keeps the values to itself: then the key is told by the columns in its name.
 */
export async function plainly<Result>(entity: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    const { detail, constraint } = told(error)
    const [, columns = '', values = ''] = /\((.*?)\)=\((.*)\)/.exec(String(detail)) ?? []
    const hidden = columnOfKey(String(constraint))
    const name = called((columns || hidden || 'code').split(', ').at(-1) ?? '')
    // Company ids lead every key and say nothing to people.
    const value = columns.startsWith('company_id, ') ? values.split(', ').slice(1).join(', ') : values
    if (errorCode(error) === '23505')
      refuse('CODE_TAKEN', { entity, what: value === '' ? `the same ${name}` : `the ${name} ${value}`, code: value })
    if (errorCode(error) === '23503') refuseKernel('UNKNOWN_CODE', { entity: name, code: value || 'as given' })
    throw error
  }
}
