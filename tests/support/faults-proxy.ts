// A wire between the server and PostgreSQL that knows where statements begin and end, and stops at the one it is told to.
import { connect, createServer, type Socket } from 'node:net'

/** Before the statement reaches PostgreSQL, or after PostgreSQL has answered and before the server hears of it. */
export type Moment = 'ask' | 'answer'
export type Boundary = { readonly moment: Moment; readonly statement: number }

/**
 * Waits for the transaction in which `key` is taken, counts its statements from `begin` (1) to `commit`, and stops the
 * wire at the boundary, for ever. Without a boundary it only counts. With `everything` it counts all asks and answers
 * of all connections together, in the order in which they come, and `boundary.statement` is a number of that count.
 */
export type Trap = {
  readonly key: string
  readonly boundary: Boundary | null
  readonly everything: boolean
  /** Statements seen so far, or events where everything is counted. */
  statements: number
  reached: boolean
  readonly sprung: Promise<void>
  spring(): void
}

export function trap(key: string, boundary: Boundary | null, everything = false): Trap {
  let resolve = (): void => undefined
  const sprung = new Promise<void>((done) => {
    resolve = done
  })
  const made: Trap = {
    key,
    boundary,
    everything,
    statements: 0,
    reached: false,
    sprung,
    spring: () => {
      made.reached = true
      resolve()
    },
  }
  return made
}

export type StatementProxy = {
  readonly port: number
  arm(traps: readonly Trap[]): void
  /** From this instant nothing passes on any connection that is open. */
  cut(): void
  /** Closes what was cut, towards both sides. */
  sever(): void
  close(): Promise<void>
}

type Wire = {
  readonly server: Socket
  readonly database: Socket
  dead: boolean
  trap: Trap | undefined
  asked: number
  answered: number
}

// `begin` is held for a moment, until it shows by what follows whose transaction it is.
const LOOK_AHEAD = 3
const LOOK_AHEAD_MILLISECONDS = 15

/** Listens on a free port of this machine and hands everything on to the database at `port`. */
export async function openProxy(target: { host: string; port: number }): Promise<StatementProxy> {
  const wires = new Set<Wire>()
  let traps: readonly Trap[] = []
  const listener = createServer((server) => {
    const wire: Wire = {
      server,
      database: connect(target),
      dead: false,
      trap: undefined,
      asked: 0,
      answered: 0,
    }
    wires.add(wire)
    for (const side of [wire.server, wire.database]) {
      side.setNoDelay(true)
      side.on('error', () => undefined)
      side.on('close', () => {
        // What was cut stays as it is until it is severed: a frozen wire says nothing to anybody.
        if (wire.dead) return
        wires.delete(wire)
        server.destroy()
        wire.database.destroy()
      })
    }
    carryAsks(wire, () => traps)
    carryAnswers(wire, () => traps)
  })
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  const address = listener.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  const cut = () => {
    for (const wire of wires) wire.dead = true
  }
  const sever = () => {
    for (const wire of wires) {
      if (!wire.dead) continue
      wire.server.destroy()
      wire.database.destroy()
      wires.delete(wire)
    }
  }
  return {
    port: address.port,
    arm: (given) => {
      traps = given
    },
    cut,
    sever,
    close: async () => {
      cut()
      sever()
      await new Promise<void>((done) => listener.close(() => done()))
    },
  }
}

/** Counts one event of a wire, and says whether it stops here. */
function stopsAt(wire: Wire, traps: readonly Trap[], moment: Moment): boolean {
  const everything = traps.find((one) => one.everything && !one.reached)
  if (everything) {
    everything.statements++
    if (everything.statements !== everything.boundary?.statement) return false
    everything.spring()
    return true
  }
  if (moment === 'ask') wire.asked++
  else wire.answered++
  const { trap: own } = wire
  if (!own) return false
  if (moment === 'ask') own.statements = wire.asked
  const count = moment === 'ask' ? wire.asked : wire.answered
  if (own.boundary?.moment !== moment || own.boundary.statement !== count) return false
  own.spring()
  return true
}

/** What the server asks, statement by statement. */
function carryAsks(wire: Wire, traps: () => readonly Trap[]): void {
  const queue: { bytes: Buffer; statement: boolean; begins: boolean; at: number }[] = []
  const messages = framer(true)
  let part: Buffer[] = []
  let stopped = false
  const pump = () => {
    for (let next = queue[0]; next && !stopped && !wire.dead; next = queue[0]) {
      if (next.begins) {
        const young = performance.now() - next.at < LOOK_AHEAD_MILLISECONDS
        if (queue.length < LOOK_AHEAD && young) return void setTimeout(pump, LOOK_AHEAD_MILLISECONDS + 1)
        wire.trap = traps().find(
          (one) => !one.everything && !one.reached && queue.some((ask) => ask.bytes.includes(one.key)),
        )
        wire.asked = 0
        wire.answered = 0
      }
      if (next.statement && stopsAt(wire, traps(), 'ask')) {
        stopped = true
        return
      }
      queue.shift()
      wire.database.write(next.bytes)
    }
  }
  wire.server.on('data', (chunk: Buffer) => {
    for (const message of messages(chunk)) {
      part.push(message)
      const type = String.fromCharCode(message[0] ?? 0)
      const statement = type === 'Q' || type === 'S'
      // The start of the connection, passwords and the farewell belong to no statement.
      if (!statement && message[0] !== 0 && type !== 'p' && type !== 'X') continue
      const bytes = Buffer.concat(part)
      queue.push({
        bytes,
        statement,
        begins: type === 'Q' && /^begin/i.test(bytes.toString('latin1', 5)),
        at: performance.now(),
      })
      part = []
    }
    pump()
  })
}

/** What PostgreSQL answers, each answer up to its "ready for the next". */
function carryAnswers(wire: Wire, traps: () => readonly Trap[]): void {
  const messages = framer(false)
  let part: Buffer[] = []
  let started = false
  let stopped = false
  wire.database.on('data', (chunk: Buffer) => {
    if (stopped || wire.dead) return
    for (const message of messages(chunk)) {
      part.push(message)
      if (started && message[0] !== 0x5a) continue
      const own = wire.trap
      if (started && stopsAt(wire, traps(), 'answer')) {
        stopped = true
        return
      }
      // After "ready, in no transaction" the next transaction of this connection is somebody else's.
      if (started && own && message[0] === 0x5a && message[5] === 0x49) wire.trap = undefined
      started ||= message[0] === 0x5a
      wire.server.write(Buffer.concat(part))
      part = []
    }
  })
}

/** Cuts a stream of the protocol into messages. The first one of a connection has no type. */
function framer(fromServer: boolean): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  let typed = !fromServer
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const found: Buffer[] = []
    for (;;) {
      const head = typed ? 1 : 0
      if (rest.length < head + 4) return found
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return found
      found.push(rest.subarray(0, length))
      rest = rest.subarray(length)
      typed = true
    }
  }
}
