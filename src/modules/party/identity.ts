// Who somebody is, whichever company deals with him: the fields of a party, how they are given, written and changed.
import { type Static, Type } from '@sinclair/typebox'
import { errorCode, type Sql, sql, type Tx } from '#kernel/db'
import { T } from '#kernel/schema'
import { refuse } from './refusals.ts'

const country = () => Type.String({ pattern: '^[A-Z]{2}$' })

/** The fields of a party; every one may be left out when it is changed, and an empty text clears what may be empty. */
export const identityFields = {
  taxId: T.optional(T.text(40)),
  duns: T.optional(Type.String({ pattern: '^(\\d{9})?$' })),
  gln: T.optional(Type.String({ pattern: '^(\\d{13})?$' })),
  phone: T.optional(T.text(40)),
  email: T.optional(T.text(120)),
  street: T.optional(T.text(120)),
  city: T.optional(T.text(80)),
  postcode: T.optional(T.text(20)),
}
/** What a new party must say of himself. */
export const newIdentity = {
  name: Type.String({ minLength: 1, maxLength: 120, pattern: '^[^\\u0000]*\\S[^\\u0000]*$' }),
  country: country(),
  ...identityFields,
}
/** What can be changed of a party. */
export const changedIdentity = { name: T.optional(newIdentity.name), country: T.optional(country()), ...identityFields }

const NewIdentity = T.object(newIdentity)
const ChangedIdentity = T.object(changedIdentity)
export type NewIdentity = Static<typeof NewIdentity>
export type ChangedIdentity = Static<typeof ChangedIdentity>

/** A proposal as it is written: the identity, its id, and beside it what only a bank account's hash needs. */
export type Proposal = NewIdentity & { id: string; code: string; bankAccount?: string; parentId?: string | undefined }

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Refuses with EMAIL_INVALID what is not an address at all; whether it receives mail only mail can tell. */
export function checkEmail(code: string, email: string | undefined): void {
  if (email && !EMAIL.test(email)) {
    refuse('EMAIL_INVALID', { code, email })
  }
}

/**
 * Writes proposed parties, those of `proposals` that the company does not know yet by their id, in one statement.
 * A party's code counts through the enterprise; people see the codes that companies give.
 */
export async function proposeParties(tx: Tx, now: Date, proposals: readonly Proposal[]): Promise<void> {
  for (const one of proposals) {
    checkEmail(one.code, one.email)
  }
  const given = JSON.stringify(
    proposals.map((one) => ({
      id: one.id,
      name: one.name,
      country: one.country,
      tax_id: one.taxId,
      duns: one.duns,
      gln: one.gln,
      phone: one.phone,
      email: one.email,
      street: one.street,
      city: one.city,
      postcode: one.postcode,
      parent_id: one.parentId,
      bank_account: one.bankAccount,
    })),
  )
  await tx.run(sql`insert into party.party (id, code, name, normal_name, country, tax_id, duns, gln, phone, email, street, city, postcode,
      parent_id, bank_hash, state, created_at, updated_at)
    select g.id, 'P' || lpad(nextval('party.party_code')::text, 7, '0'), g.name, party.normal_name(g.name), g.country,
        nullif(g.tax_id, ''), nullif(g.duns, ''), nullif(g.gln, ''), nullif(g.phone, ''), nullif(g.email, ''), nullif(g.street, ''),
        nullif(g.city, ''), nullif(g.postcode, ''), g.parent_id, party.bank_key(g.bank_account), 'proposed', ${now}, ${now}
      from jsonb_to_recordset(${given}::jsonb) as g (id uuid, name text, country text, tax_id text, duns text, gln text, phone text,
        email text, street text, city text, postcode text, parent_id uuid, bank_account text)
     -- Somebody we already deal with in another role keeps his identity: only the new standing is added.
     where not exists (select from party.party p where p.id = g.id)`)
}

/** True when the input touches what makes two parties alike, so that they have to be compared again. */
export const touchesIdentity = (input: ChangedIdentity): boolean =>
  Object.keys(changedIdentity).some((field) => field in input)

const kept = (given: string | undefined, column: Sql): Sql => sql`nullif(coalesce(${given ?? null}, ${column}), '')`

/** Writes what was given of the identity of the parties in `set`; the rest stays. Refuses with TAX_ID_TAKEN. */
export async function changeIdentity(
  tx: Tx,
  set: Sql<{ id: string }>,
  now: Date,
  input: ChangedIdentity,
): Promise<void> {
  const written = tx.run(sql`update party.party p set
      name = coalesce(${input.name ?? null}, p.name),
      normal_name = party.normal_name(coalesce(${input.name ?? null}, p.name)),
      country = coalesce(${input.country ?? null}, p.country),
      tax_id = ${kept(input.taxId, sql`p.tax_id`)},
      duns = ${kept(input.duns, sql`p.duns`)},
      gln = ${kept(input.gln, sql`p.gln`)},
      phone = ${kept(input.phone, sql`p.phone`)},
      email = ${kept(input.email, sql`p.email`)},
      street = ${kept(input.street, sql`p.street`)},
      city = ${kept(input.city, sql`p.city`)},
      postcode = ${kept(input.postcode, sql`p.postcode`)},
      version = p.version + 1,
      updated_at = ${now}
    from ${set} s where p.id = s.id`)
  await unlessTaxIdTaken(written)
}

/** Writes the hash by which equal bank accounts are noticed. The account itself stays with the company's own record. */
export async function changeBankHash(tx: Tx, set: Sql<{ id: string }>, account: string): Promise<void> {
  await tx.run(
    sql`update party.party p set bank_hash = party.bank_key(nullif(${account}, '')) from ${set} s where p.id = s.id`,
  )
}

/** Makes proposed parties real. Refuses with TAX_ID_TAKEN. */
export async function activateParties(tx: Tx, set: Sql<{ id: string }>, now: Date): Promise<void> {
  const written = tx.run(sql`update party.party p set state = 'active', version = p.version + 1, updated_at = ${now}
    from ${set} s where p.id = s.id and p.state = 'proposed'`)
  await unlessTaxIdTaken(written)
}

/** What the audit trail keeps of requests: everything but the account, which has its own permission to be seen. */
export const withoutAccounts = (
  ids: readonly string[],
  input: readonly { bankAccount?: string }[],
): ReadonlyMap<string, unknown> =>
  new Map(
    input.map(({ bankAccount, ...rest }, at) => [
      ids[at] ?? '',
      bankAccount === undefined ? rest : { ...rest, bankAccount: '(given)' },
    ]),
  )

// Two active parties of a country never share a tax number, and only the index sees the parties of every company.
async function unlessTaxIdTaken(written: Promise<number>): Promise<void> {
  try {
    await written
  } catch (error) {
    if (errorCode(error) === '23505') {
      refuse('TAX_ID_TAKEN')
    }
    throw error
  }
}
