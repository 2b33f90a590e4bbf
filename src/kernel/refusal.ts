// Every no has a name. A refusal is an answer to a person; anything else that is thrown is a fault.

/** How a refusal reads over HTTP, and whether trying again unchanged may help. */
export type RefusalKind = 'invalid' | 'forbidden' | 'unknown' | 'conflict' | 'rule' | 'busy'

export const HTTP_STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  forbidden: 403,
  unknown: 404,
  conflict: 409,
  rule: 422,
  busy: 503,
}

export type RefusalEntry = { text: string; kind: RefusalKind; retry: 'no' | 'yes' | 'after-change' }

/** Detail that fills the `{names}` of the sentence, and goes out with it. */
export type Detail = Record<string, unknown>

const catalogue = new Map<string, RefusalEntry>()

/** Every refusal declared so far, by code. */
export const allRefusals = (): ReadonlyMap<string, RefusalEntry> => catalogue

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly kind: RefusalKind
  readonly retry: RefusalEntry['retry']
  readonly detail: Detail
  constructor(code: string, entry: RefusalEntry, detail: Detail = {}) {
    super(entry.text.replace(/\{(\w+)\}/g, (_, key: string) => String(detail[key] ?? '?')))
    this.code = code
    this.kind = entry.kind
    this.retry = entry.retry
    this.detail = detail
  }
}

type Declared = Record<string, string | { text: string; kind?: RefusalKind; retry?: RefusalEntry['retry'] }>

/**
 * Declares a module's refusals and returns the function that throws them. A sentence says what is wrong and what to
 * do; `kind` defaults to 'rule' and `retry` to 'after-change'. A code is declared once in the whole product.
 */
export function refusals<const C extends Declared>(declared: C) {
  for (const [code, given] of Object.entries(declared)) {
    if (catalogue.has(code)) throw new Error(`refusal ${code} is declared twice`)
    const entry = typeof given === 'string' ? { text: given } : given
    catalogue.set(code, { kind: 'rule', retry: 'after-change', ...entry })
  }
  return (code: keyof C & string, detail: Detail = {}): never => {
    const entry = catalogue.get(code)
    if (!entry) throw new Error(`unknown refusal ${code}`)
    throw new Refusal(code, entry, detail)
  }
}

/** The refusals of the kernel itself. */
export const refuse = refusals({
  NOT_SIGNED_IN: { text: 'Sign in first: this needs a session or an API key.', kind: 'forbidden' },
  NOT_ALLOWED: { text: 'You may not do this: it needs the permission {permission}. Ask an administrator for a role that has it.', kind: 'forbidden' },
  ABOVE_YOUR_LIMIT: { text: '{document} {number} is {amount}, above the {limit} that your role may {verb}. Ask somebody with a higher limit.', kind: 'forbidden' },
  COMPANY_NEEDED: { text: 'Name the company, as in ?company=CODE: you work in more than one.', kind: 'invalid' },
  NOT_FOUND: { text: 'There is no {document} with the id {id} that you may see. Check the id, or ask somebody who may.', kind: 'unknown' },
  WRONG_STATE: { text: '{document} {number} is {state}; {verb} works only from {from}. Reload it: somebody may have moved it on.', kind: 'conflict' },
  CHANGED_MEANWHILE: { text: '{document} {number} was changed by somebody else. Reload it and try again.', kind: 'conflict' },
  REASON_NEEDED: { text: 'Give a reason: {verb} is kept in the history of {document}.', kind: 'invalid' },
  NOTHING_GIVEN: { text: 'Name at least one {document}.', kind: 'invalid' },
  TOO_MANY: { text: 'At most {most} at once; {given} were given. Send them in parts.', kind: 'invalid' },
  GIVEN_TWICE: { text: '{document} {id} is named more than once. Name it once.', kind: 'invalid' },
  KEY_REUSED: { text: 'The idempotency key {key} was used before with other input. Use a new key for a new request.', kind: 'rule', retry: 'no' },
  APPROVAL_NEEDED: { text: '{document} {number} needs an approval of kind {kind} first: request it, and somebody else decides.' },
  INPUT_INVALID: { text: 'The input does not fit: {problem}', kind: 'invalid' },
  UNKNOWN_CODE: { text: 'There is no {entity} {code} that you may use. Check the code, or have it created first.', kind: 'invalid' },
  DATABASE_BUSY: { text: 'Too many are working on the same rows just now. Try again with the same key.', kind: 'busy', retry: 'yes' },
  OUTCOME_UNKNOWN: { text: 'The connection was lost while saving. Try again with the same key: it is done once, not twice.', kind: 'busy', retry: 'yes' },
})
