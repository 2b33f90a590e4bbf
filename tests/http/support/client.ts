// A client of one running server that speaks as one principal, over real sockets.

export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> }

export type Credentials = { key?: string; cookie?: string }

export type Ask = {
  method?: string
  body?: unknown
  /** Sent as it is, instead of `body`. */
  raw?: string
  headers?: Record<string, string>
}

export type Client = {
  (path: string, ask?: Ask): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** A client; with a cookie it behaves as the product's own pages do. */
export function clientOf(origin: string, credentials: Credentials = {}): Client {
  const identity: Record<string, string> = {
    ...(credentials.key ? { authorization: `Bearer ${credentials.key}` } : {}),
    ...(credentials.cookie ? { cookie: credentials.cookie, origin } : {}),
  }
  const ask = async (path: string, { method, body, raw, headers }: Ask = {}): Promise<Answer> => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const answer = await fetch(origin + path, {
      method: method ?? (payload === undefined ? 'GET' : 'POST'),
      headers: { ...identity, ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === undefined ? {} : { body: payload }),
      redirect: 'manual',
    })
    const text = await answer.text()
    const json = (answer.headers.get('content-type') ?? '').includes('json')
    return { status: answer.status, headers: answer.headers, text, body: json && text !== '' ? JSON.parse(text) : {} }
  }
  return Object.assign(ask, {
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      ask(path, { method: 'POST', body, headers }),
  })
}

/** The `name=value` of the session cookie that an answer sets. */
export const cookieOf = (answer: Answer): string => answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
