// A process that holds an embedded server, for tests of how processes end: holder.ts HOME wait|exit|busy
import { startEmbedded } from '#embedded'

const [, , home = '', ending = 'wait'] = process.argv
const server = await startEmbedded({ home, sharedBuffersMegabytes: 32 })
const { port, postmasterPid, ownerUrl, dataDirectory } = server
console.log(JSON.stringify({ port, postmasterPid, ownerUrl, dataDirectory }))

// An app with its own handling of the signal: it finishes its work first, with its database, and then exits.
if (ending === 'busy') process.on('SIGTERM', () => setTimeout(() => process.exit(7), 300))
if (ending === 'exit') setTimeout(() => process.exit(3), 50)
else setInterval(() => {}, 1_000)
