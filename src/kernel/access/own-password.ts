// Changing one's own password: whoever sits at an open screen must know the old one.
import { transaction } from '#kernel/db'
import { changePassword } from './links.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import type { Access, SignedIn } from './runtime.ts'
import { signIn } from './sign-in.ts'
import type { Token } from './tokens.ts'

/** Sets a new password; every session ends and a new one begins. Refuses SIGN_IN_FAILED, counted as a failed sign-in. */
export async function changeOwnPassword(
  access: Access,
  who: SignedIn,
  given: { current: string; password: string },
  now: Date,
): Promise<Token> {
  await signIn(access.kernel, { email: who.email, password: given.current }, now, access.sessionTimes)
  const { id, name } = who.principal
  checkPassword(given.password, [who.email, name])
  const passwordHash = await hashPassword(given.password)
  const token = await transaction(access.kernel.pool, { companies: [0] }, (tx) =>
    changePassword(tx, { id, name, email: who.email }, passwordHash, now, access.sessionTimes),
  )
  access.forget()
  return token
}
