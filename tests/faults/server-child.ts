// The product's HTTP server in a process of its own, which a test can kill: prints its address and serves until then.
import { modules } from '../../src/modules/index.ts'
import { startServer } from '../../src/server.ts'
import { careless } from './careless.ts'

const { FAULTS_URL: url = '', FAULTS_NOW: now = '', FAULTS_CARELESS: way = '' } = process.env
const server = await startServer({
  url,
  port: 0,
  connections: 12,
  logLevel: 'error',
  logStream: process.stderr,
  modules: way === '' ? modules : careless(modules, way),
  // Two runs of one request differ in nothing but their ids.
  clock: () => new Date(now),
  limits: { perAddress: { burst: 100_000, perSecond: 100_000 }, everybody: { burst: 100_000, perSecond: 100_000 } },
})
process.stdout.write(`${server.url}\n`)
// Whoever started it holds the other end; when he is gone, so is it.
process.stdin.resume()
process.stdin.once('close', () => process.exit(0))
