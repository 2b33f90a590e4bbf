// A lean JSON client on node:http with kept connections: the load generator shares the machine with what it measures.
import { Agent, request } from 'node:http'

export type HttpAnswer = { status: number; headers: NodeJS.Dict<string | string[]>; body: unknown }

export type HttpRequest = {
  method: string
  path: string
  headers?: Record<string, string>
  /** Sent as JSON when given. */
  body?: unknown
}

/**
 * A client of one server (`http://host:port`) with at most `connections` kept connections. It hands back every status
 * and judges none; it rejects only when there is no answer (connection refused or broken, or none in `timeoutMs`).
 * A body that is not JSON comes back as text, an empty one as null.
 */
export class HttpClient {
  #agent: Agent
  #host: string
  #port: number
  #headers: Record<string, string>
  #timeoutMs: number

  constructor(options: {
    origin: string
    connections: number
    headers?: Record<string, string>
    timeoutMs?: number
  }) {
    const origin = new URL(options.origin)
    if (origin.protocol !== 'http:') {
      throw new Error(`The bench's client speaks plain http, not ${origin.protocol}`)
    }
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.connections, noDelay: true })
    this.#host = origin.hostname
    this.#port = Number(origin.port || '80')
    this.#headers = options.headers ?? {}
    this.#timeoutMs = options.timeoutMs ?? 60_000
  }

  send(message: HttpRequest): Promise<HttpAnswer> {
    const payload = message.body === undefined ? null : Buffer.from(JSON.stringify(message.body))
    const headers: Record<string, string | number> = { ...this.#headers, ...message.headers }
    if (payload !== null) {
      headers['content-type'] = 'application/json'
      headers['content-length'] = payload.length
    }
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: this.#host,
          port: this.#port,
          method: message.method,
          path: message.path,
          headers,
          timeout: this.#timeoutMs,
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8')
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: readBody(text) })
          })
        },
      )
      sent.on('timeout', () => sent.destroy(new Error(`No answer in ${this.#timeoutMs} ms: ${message.path}`)))
      sent.on('error', reject)
      sent.end(payload ?? undefined)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

function readBody(text: string): unknown {
  if (text === '') {
    return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
