// The session cookie: bound to this host, out of reach of scripts, never sent from another site.

/** 'tls': Secure under the __Host- prefix. 'loopback': plain http on this machine only, where some browsers drop Secure. */
export type CookieMode = 'tls' | 'loopback'

const NAME: Record<CookieMode, string> = { tls: '__Host-tradewright', loopback: 'tradewright' }

/** The token in a Cookie header, or undefined. */
export function readCookie(header: string | undefined, mode: CookieMode): string | undefined {
  if (!header) return undefined
  const wanted = `${NAME[mode]}=`
  for (const part of header.split(';')) {
    const pair = part.trim()
    if (pair.startsWith(wanted)) return pair.slice(wanted.length)
  }
  return undefined
}

/** The Set-Cookie value for a new session, or for its end when the token is null. */
export function writeCookie(token: string | null, mode: CookieMode, seconds: number): string {
  const secure = mode === 'tls' ? '; Secure' : ''
  return `${NAME[mode]}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure}; Max-Age=${token ? seconds : 0}`
}
