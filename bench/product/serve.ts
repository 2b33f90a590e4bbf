// The server process that the bench measures: the product as it is, with room in its rate limits for one busy client.
import { startServer } from '../../src/server.ts'

const ROOMY = { burst: 1_000_000, perSecond: 1_000_000 }

const url = process.env.BENCH_DATABASE_URL
if (!url) throw new Error('BENCH_DATABASE_URL names the database')
const server = await startServer({
  url,
  port: 0,
  connections: Number(process.env.BENCH_CONNECTIONS ?? 10),
  logLevel: 'error',
  limits: { perPrincipal: ROOMY, perAddress: ROOMY, everybody: ROOMY },
})
console.log(server.url)
process.on('SIGTERM', () => {
  server.stop().then(() => process.exit(0))
})
