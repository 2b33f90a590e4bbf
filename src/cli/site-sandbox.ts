// `tradewright site sandbox`: a copy of the live database to practise on, made while people work, with nobody's data in it.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cloneRunning, type Embedded } from '#embedded'
import { hashPassword, insertAccount, insertGrant } from '#kernel/access'
import { carryKeys, signingKey } from '#kernel/audit-keys'
import { SYSTEM } from '#kernel/context'
import { transaction } from '#kernel/db'
import { type Kernel, openKernel } from '#kernel/kernel'
import { refusals } from '#kernel/refusal'
import { makeSandbox } from '../sandbox/database.ts'
import { clock, withDatabase } from './options.ts'
import { EXIT, type Output } from './output.ts'
import { type Given as Common, type Site, siteOf } from './site-find.ts'
import { knownRole } from './user.ts'

const refuse = refusals({
  SANDBOX_NEEDS_EMBEDDED: {
    text: 'The database that DATABASE_URL names gives no access to the files that a copy needs. Make the copy with the tools of that database, or use one that the product starts itself.',
    kind: 'conflict',
  },
  SANDBOX_NAME: {
    text: '{name} cannot be the name of a sandbox: {problem}. Name it in small letters, digits and dashes, and as no other is called.',
    kind: 'invalid',
  },
})

type Given = Common & { name: string; role: string[] }
type SignIn = { email: string; password: string }

/** See `tradewright site sandbox --help`. */
export async function sandbox(code: string, given: Given): Promise<void> {
  const started = performance.now()
  await withDatabase(given, async ({ kernel, embedded, home }, output) => {
    const site = await siteOf(kernel, code)
    const { name } = given
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) refuse('SANDBOX_NAME', { name, problem: 'it has other signs' })
    for (const role of given.role) await knownRole(kernel, role)
    if (!embedded) return refuse('SANDBOX_NEEDS_EMBEDDED')
    const target = join(home, 'sandboxes', name)
    if (existsSync(target)) refuse('SANDBOX_NAME', { name, problem: 'there is one of that name' })
    const { masked, signIn } = await copied({ embedded, home, target, site, name, roles: given.role }, output)
    const milliseconds = Math.trunc(performance.now() - started)
    output.result(
      { ok: true, sandbox: name, site: site.code, home: target, masked, ...signIn, roles: given.role, milliseconds },
      [
        `Sandbox ${name} of ${site.code}: a copy of everything, ${masked} values of personal data masked, in ${seconds(milliseconds)} seconds.`,
        `Start it with:   tradewright serve --no-demo --home ${target} --port 0`,
        `Sign in as       ${signIn.email}`,
        `with             ${signIn.password}`,
        `who is           ${given.role.join(', ')} of ${site.company}`,
        'Nobody else can sign in, keys of machines are revoked, and work that waited is left undone.',
      ].join('\n'),
    )
    return EXIT.ok
  })
}

/** Seconds with one place, exact. */
const seconds = (milliseconds: number): string =>
  `${Math.trunc(milliseconds / 1000)}.${Math.trunc((milliseconds % 1000) / 100)}`

type Copying = {
  readonly embedded: Embedded
  readonly home: string
  readonly target: string
  readonly site: Site
  readonly name: string
  readonly roles: readonly string[]
}

/** Copies, masks, and lets one person in. What goes wrong leaves no copy behind. */
async function copied(
  { embedded, home, target, site, name, roles }: Copying,
  output: Output,
): Promise<{ masked: number; signIn: SignIn }> {
  const copy = await cloneRunning(embedded, target, { onProgress: output.progress })
  try {
    // Masks follow from the key of the home: the same in each of its sandboxes, and nobody without it can try values.
    const key = createHash('sha256')
      .update(signingKey(home).export({ type: 'pkcs8', format: 'der' }))
      .digest()
    const progress = (done: number, total: number) =>
      output.progress({ step: 'mask', text: 'Masking personal data', done, total })
    const about = { ownerUrl: copy.ownerUrl, key, name, site: site.code, now: clock() }
    const masked = await makeSandbox({ ...about, progress })
    carryKeys(home, target)
    const kernel = openKernel(copy.url, { max: 2 })
    const signIn = await practising(kernel, site, name, roles).finally(() => kernel.close())
    await copy.stop()
    return { masked, signIn }
  } catch (error) {
    await copy.stop().catch(() => undefined)
    await rm(target, { recursive: true, force: true })
    throw error
  }
}

/** An account of nobody, with these roles at the site's company, and a password that is told once. */
export async function practising(
  kernel: Kernel,
  site: Pick<Site, 'company_id'>,
  name: string,
  roles: readonly string[],
): Promise<SignIn> {
  const email = `practice@${name}.invalid`
  const password = randomBytes(12).toString('base64url')
  const passwordHash = await hashPassword(password)
  await transaction(kernel.pool, { companies: [site.company_id] }, async (tx) => {
    const person = { email, name: 'Practice', kind: 'person', passwordHash } as const
    const id = await insertAccount(tx, person, clock())
    if (!id) throw new Error(`${email} is there already`)
    for (const role of roles)
      await insertGrant(tx, {
        accountId: id,
        role,
        companyId: site.company_id,
        grantedBy: SYSTEM.id,
        reason: `Practice in ${name}`,
      })
  })
  return { email, password }
}
