// A worker in a process of its own, which a test can stop, wake and kill between its effect and its mark.
import { randomUUID } from 'node:crypto'
import { sql, transaction } from '#kernel/db'
import { runJob } from '#kernel/jobs'
import { openKernel } from '#kernel/kernel'
import type { Listener } from '#kernel/module'
import { relay } from '#kernel/relay'
import { TOPIC } from './relay-support.ts'

const url = process.env.PROBE_URL ?? ''
const pauseMilliseconds = Number(process.env.PROBE_PAUSE ?? 0)
// The control: the effect in a transaction of its own, as a careless listener would write it.
const careless = process.env.PROBE_CARELESS === 'yes'
const leaseMilliseconds = Number(process.env.PROBE_LEASE ?? 1_000)

const kernel = openKernel(url, { max: 4 })
const holder = randomUUID()
const clock = () => new Date()
const say = (line: string) => process.stdout.write(`${line}\n`)

const effect = (companyId: number, documentId: string, label: string) =>
  sql`insert into probe.effect (company, document_id, label, by_pid) values (${companyId}, ${documentId}, ${label}, ${process.pid})`

const listener: Listener = async ({ tx, event }) => {
  const row = effect(event.companyId, event.documentId, String(event.payload.label))
  if (careless) await transaction(kernel.pool, { companies: [event.companyId] }, (own) => own.run(row))
  else await tx.run(row)
  say(`effect ${String(event.payload.label)}`)
  if (pauseMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
}

if (process.argv[2] === 'relay') {
  for (;;) {
    const round = await relay({
      kernel,
      reader: { name: 'probe', on: { [TOPIC]: listener } },
      clock,
      holder,
      leaseMilliseconds,
    }).catch((error: unknown) => {
      say(`fault ${error instanceof Error ? error.message : String(error)}`)
      return { state: 'idle', handled: 0, parked: 0 }
    })
    say(`round ${round.state} ${round.handled}`)
    if (round.state !== 'busy') await new Promise((resolve) => setTimeout(resolve, 20))
  }
} else {
  for (;;) {
    const did = await runJob({
      kernel,
      clock,
      holder,
      leaseMilliseconds,
      tasks: {
        'probe.work': async ({ tx, payload, jobId }) => {
          await tx.run(effect(1, jobId, String(payload.label)))
          say(`effect ${String(payload.label)}`)
          if (pauseMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
        },
      },
    })
    say(`round ${did}`)
    if (!did) await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
