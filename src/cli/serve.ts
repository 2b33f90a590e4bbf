// `tradewright serve`: one process that is the whole product, until it is told to stop.
import { type Command, Option } from 'commander'
import { setUpToken } from '#kernel/access/links'
import { refusals } from '#kernel/refusal'
import { type Booted, boot, isFresh, placeOf } from '../boot.ts'
import { withExtensions } from '../extension/running.ts'
import { modules as shipped } from '../modules/index.ts'
import { checkAddress, type Server, startServer } from '../server.ts'
import { webApp } from '../web.ts'
import { startWorker } from '../worker.ts'
import { type DemoSignIn, findDemo } from './demo.ts'
import { keepRunning } from './keep-running.ts'
import { type Common, clock, common, refuse } from './options.ts'
import { type Output, outputOf } from './output.ts'
import { tellSignIns } from './sign-ins.ts'
import { stopSignal } from './stop-signal.ts'

const refuseHere = refusals({
  HOST_WITH_DEMO: {
    text: 'This database holds the demo, whose passwords everybody knows, so it listens on this machine only. Leave --host {host} out, use another home with --no-demo, or set DATABASE_URL.',
    kind: 'forbidden',
  },
})

type Given = Common & {
  port: string
  host: string
  worker: boolean
  demo: boolean
  web: boolean
  publicUrl?: string
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Adds `serve`. */
export function serve(program: Command): void {
  const command = program
    .command('serve')
    .description('start the product')
    .addOption(new Option('--port <number>', 'port to listen on; 0 takes a free one').env('PORT').default('3000'))
    .addOption(new Option('--host <address>', 'address to listen on').default('127.0.0.1'))
    .option('--public-url <url>', 'where people reach it, when a proxy stands before it')
    .option('--no-worker', 'leave events, jobs and the audit seal to `tradewright worker`')
    .option('--no-demo', 'start empty, without the demo enterprise')
    .option('--no-web', 'serve the API alone, without the web app')
  common(command, [
    'tradewright serve',
    'tradewright serve --port 8080 --home /srv/tradewright',
    'DATABASE_URL=postgres://erp@db.example/erp tradewright serve --host 0.0.0.0 --public-url https://erp.example',
  ]).action(run)
}

async function run(given: Given): Promise<void> {
  const output = outputOf(given)
  const port = portOf(given.port)
  const { host, publicUrl } = given
  if (publicUrl !== undefined && !/^https?:\/\/[^/]+\/?$/.test(publicUrl)) {
    refuse('OPTION_INVALID', {
      option: '--public-url',
      value: publicUrl,
      problem: 'write it as https://erp.example, without a path.',
    })
  }
  await checkAddress(port, host)
  const until = stopSignal()
  const booted = await boot({ home: given.home, connections: 6, onProgress: output.progress })
  const stops: (() => Promise<void>)[] = [booted.stop]
  try {
    const { kernel, home, url } = booted
    const modules = await withExtensions(kernel, shipped)
    const signIns = await demoOf(booted, given, output)
    if (signIns.length > 0 && !LOOPBACK.has(host)) refuseHere('HOST_WITH_DEMO', { host })
    if (booted.embedded) stops.push(keepRunning(booted.embedded, output.say).stop)
    if (given.worker) stops.push((await startWorker({ kernel, home, modules, clock, onProblem: output.say })).stop)
    const web = given.web ? await webApp((text) => output.progress({ step: 'web', text })) : undefined
    const server = await startServer({
      url,
      port,
      host,
      modules,
      logLevel: 'warn',
      logStream: process.stderr,
      ...(web ? { web } : {}),
      ...(publicUrl ? { publicUrl: publicUrl.replace(/\/$/, '') } : {}),
    })
    stops.push(server.stop)
    await announce(booted, server, signIns, output)
    const signal = await until
    output.say(`Stopping (${signal}).`)
  } finally {
    // The reverse of the order in which they came up: no new requests, then no new work, then no database.
    for (const stop of stops.reverse()) await stop()
  }
  process.exit(0)
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    refuse('OPTION_INVALID', { option: '--port', value: text, problem: 'a port is a number from 0 to 65535.' })
  }
  return port
}

/** Loads the demo into a fresh database of our own, or finishes loading it; never into one that DATABASE_URL names. */
async function demoOf({ kernel, embedded }: Booted, given: Given, output: Output): Promise<readonly DemoSignIn[]> {
  const demo = embedded ? await findDemo() : undefined
  if (!demo) return []
  const { signIns, started } = await demo.state(kernel)
  const wanted = given.demo && LOOPBACK.has(given.host) && (started || (await isFresh(kernel)))
  return wanted ? await demo.load({ kernel, now: clock(), onProgress: output.progress }) : signIns
}

async function announce(booted: Booted, server: Server, signIns: readonly DemoSignIn[], output: Output): Promise<void> {
  const { kernel, embedded, home } = booted
  const token = signIns.length > 0 ? null : await setUpToken(kernel, clock())
  // After the hash, so that it stands in no log of a server or a proxy.
  const link = token ? `${server.url}/#set-up=${token}` : null
  const lines = [
    '',
    `Tradewright is ready: ${server.url}`,
    '',
    ...(link
      ? [
          'Nobody administers it yet. Open this link once, within 24 hours, to make the first administrator:',
          `  ${link}`,
          '',
        ]
      : []),
    ...(signIns.length > 0 ? [...tellSignIns(signIns), ''] : []),
    `Data: ${embedded ? `in ${home}` : `on ${placeOf(booted.url)}; keys in ${home}`}`,
    'Stop: Ctrl+C',
  ]
  const answer = {
    ok: true,
    url: server.url,
    port: addressPort(server),
    home,
    mode: embedded ? 'embedded' : 'DATABASE_URL',
    ...(link ? { setUpLink: link } : {}),
    ...(signIns.length > 0 ? { signIns } : {}),
  }
  output.result(answer, lines.join('\n'))
}

function addressPort(server: Server): number | null {
  const address = server.app.server.address()
  return typeof address === 'object' && address ? address.port : null
}
