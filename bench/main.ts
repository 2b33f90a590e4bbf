// `npm run bench`: starts a PostgreSQL, runs the benches one after the other, prints the figures, and leaves nothing behind.
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { BenchResult, Check } from './lib/bench.ts'
import { type BenchServer, describeServer, openDesk, startOwnServer, useServer } from './lib/database.ts'
import { formatTable, type Row } from './lib/table.ts'
import { benches } from './registry.ts'

type Options = { only: string[]; json: boolean; quick: boolean; database: string | null }
type Report = { machine: Row; server: Row; benches: Record<string, BenchResult> }

const USAGE = `npm run bench -- [--only NAME,NAME] [--quick] [--json] [--database URL]

  --only      run these benches alone:
${benches.map((bench) => `                ${bench.name.padEnd(12)} ${bench.about}`).join('\n')}
  --quick     a few seconds each: to see that they run, not for figures
  --json      figures for machines on stdout; progress goes to stderr in any case
  --database  a superuser's address of a PostgreSQL on this machine, instead of starting one
  --help      this text`

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null) {
    return 0
  }
  // Listening before the start: a signal in the middle of it waits until there is a server to stop.
  const starting = options.database === null ? startOwnServer() : useServer(options.database)
  const release = stopOnSignal(starting)
  const server = await starting
  try {
    const report = await runBenches(server, options)
    console.log(options.json ? JSON.stringify(report, null, 2) : formatReport(report))
    const failed = Object.values(report.benches).flatMap((result) => result.checks.filter((check) => !check.ok))
    return failed.length === 0 ? 0 : 1
  } finally {
    await server.stop()
    release()
  }
}

/** Null when the usage was asked for; ends in an error that says what is wrong otherwise. */
function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      database: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return null
  }
  const known = benches.map((bench) => bench.name)
  const only = values.only?.split(',') ?? known
  const unknown = only.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`There is no bench ${unknown.join(', ')}. Choose from ${known.join(', ')}.`)
  }
  return { only, json: values.json, quick: values.quick, database: values.database ?? null }
}

async function runBenches(server: BenchServer, options: Options): Promise<Report> {
  const finished = new Map<string, BenchResult>()
  for (const bench of benches.filter((candidate) => options.only.includes(candidate.name))) {
    const desk = openDesk(server)
    try {
      const result = await bench.run({
        quick: options.quick,
        postmasterPid: server.postmasterPid,
        freshDatabase: desk.freshDatabase,
        connect: desk.connect,
        finished,
        log: (line) => console.error(line),
      })
      finished.set(bench.name, result)
    } finally {
      await desk.clear()
    }
  }
  return { machine: describeMachine(), server: await describeServer(server), benches: Object.fromEntries(finished) }
}

function describeMachine(): Row {
  const processors = cpus()
  return {
    cores: processors.length,
    processor: processors[0]?.model ?? 'unknown',
    memory_gb: Math.floor(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
}

function formatReport(report: Report): string {
  const parts = [formatTable([report.machine]), formatTable([report.server])]
  for (const [name, result] of Object.entries(report.benches)) {
    const failed = result.checks.filter((check) => !check.ok)
    parts.push(
      [
        `== ${name}`,
        formatTable(result.rows),
        ...result.notes,
        `checks: ${result.checks.length - failed.length} of ${result.checks.length} hold`,
        ...failed.map((check: Check) => `FAILED ${check.name}: ${check.detail}`),
      ].join('\n'),
    )
  }
  return parts.join('\n\n')
}

/** Ctrl-C must not leave a database server behind. Returns what takes the handlers away again. */
function stopOnSignal(starting: Promise<BenchServer>): () => void {
  const stop = (signal: NodeJS.Signals) => {
    console.error(`${signal}: stopping the database`)
    // A start that failed has nothing to stop; main says why it failed.
    starting.then((server) => server.stop()).finally(() => process.exit(130))
  }
  // `on`, not `once`: the embedded server leaves the signal to us only as long as our listener is there.
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error && process.env.DEBUG === undefined ? error.message : error)
  process.exitCode = 1
}
