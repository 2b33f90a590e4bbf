// Signing in and out, and who one is.
import {
  type Access,
  changeOwnPassword,
  endSession,
  endSessionsOf,
  type SignedIn,
  setPassword,
  setUp,
  signIn,
} from '#kernel/access'
import { transaction } from '#kernel/db'
import { T } from '#kernel/schema'
import { type CookieMode, writeCookie } from './cookie.ts'
import { anybody, type Call, type Route, signedIn } from './route.ts'

/** The routes under /api/session. */
export function sessionRoutes(cookie: CookieMode): readonly Route[] {
  const place = { url: '/api/session', tag: 'session' } as const
  return [
    {
      ...place,
      method: 'POST',
      operation: 'session.sign-in',
      summary: 'Sign in with e-mail and password',
      needs: anybody,
      limit: 'strict',
      body: T.object({ email: T.text(200), password: T.text(1000) }),
      async handle({ kernel, access, now, body, reply }) {
        const given = { email: String(body.email), password: String(body.password) }
        const { token } = await signIn(kernel, given, now, access.sessionTimes)
        return await welcome(access, token.text, cookie, reply)
      },
    },
    {
      ...place,
      method: 'GET',
      operation: 'session.who',
      summary: 'Who I am, where I work and what I may do',
      needs: signedIn,
      handle: ({ who }) => describe(who()),
    },
    {
      ...place,
      method: 'DELETE',
      operation: 'session.sign-out',
      summary: 'Sign out, here or everywhere',
      needs: signedIn,
      query: T.object({ everywhere: T.optional(T.choice(['true', 'false'])) }),
      async handle({ kernel, access, query, who, reply }) {
        const { session, principal } = who()
        const ended = await transaction(kernel.pool, { companies: [] }, async (tx) => {
          if (query.everywhere === 'true') return await endSessionsOf(tx, principal.id)
          return session ? await endSession(tx, session) : 0
        })
        access.forget()
        reply.header('set-cookie', writeCookie(null, cookie, 0))
        return { ended }
      },
    },
    {
      method: 'POST',
      url: '/api/session/set-up',
      operation: 'session.set-up',
      tag: 'session',
      summary: 'Become the first administrator, with the token that the server printed',
      needs: anybody,
      limit: 'strict',
      body: T.object({ token: T.text(100), email: email(), name: T.text(120), password: T.text(1000) }),
      async handle({ kernel, access, now, body, reply }) {
        const given = {
          token: String(body.token),
          email: String(body.email),
          name: String(body.name),
          password: String(body.password),
        }
        const token = await setUp(kernel, given, now, access.sessionTimes)
        return await welcome(access, token.text, cookie, reply)
      },
    },
    {
      method: 'POST',
      url: '/api/session/password-link',
      operation: 'session.password-link',
      tag: 'session',
      summary: 'Set a password with the token of a link',
      needs: anybody,
      limit: 'strict',
      body: T.object({ token: T.text(100), password: T.text(1000) }),
      async handle({ kernel, access, now, body, reply }) {
        const token = await setPassword(
          kernel,
          { token: String(body.token), password: String(body.password) },
          now,
          access.sessionTimes,
        )
        access.forget()
        return await welcome(access, token.text, cookie, reply)
      },
    },
    {
      method: 'POST',
      url: '/api/session/password',
      operation: 'session.password',
      tag: 'session',
      summary: 'Change my password',
      needs: signedIn,
      limit: 'strict',
      body: T.object({ current: T.text(1000), password: T.text(1000) }),
      async handle({ access, now, body, who, reply }) {
        const token = await changeOwnPassword(
          access,
          who(),
          { current: String(body.current), password: String(body.password) },
          now,
        )
        return await welcome(access, token.text, cookie, reply)
      },
    },
  ]
}

/** An e-mail address, as far as a pattern can tell: something, an at sign, something, no spaces. */
export const email = () => ({ ...T.text(200), minLength: 3, pattern: '^[^\\s@\\u0000]+@[^\\s@\\u0000]+$' })

/** Hands the new session to the browser and tells who it is. */
export async function welcome(access: Access, token: string, cookie: CookieMode, reply: Call['reply']) {
  const who = await access.bySession(token)
  if (!who) throw new Error('a session that was just opened is not there')
  reply.header('set-cookie', writeCookie(token, cookie, Math.floor(access.sessionTimes.absolute / 1000)))
  return describe(who)
}

/** What a client needs to draw itself: companies, roles, and permissions with the companies in which they hold. */
function describe(who: SignedIn) {
  const permissions = [...who.principal.permissions].map(([permission, grants]) => ({ permission, grants }))
  return {
    account: { id: who.principal.id, name: who.principal.name, email: who.email, kind: who.principal.kind },
    via: who.via,
    companies: who.companies,
    roles: who.principal.roles,
    permissions: permissions.sort((a, b) => (a.permission < b.permission ? -1 : 1)),
  }
}
