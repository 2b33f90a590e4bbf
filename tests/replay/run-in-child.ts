// Runs the replay of a file in a process of its own, which a test can kill. Arguments: the database's address, the file.
import { openKernel } from '#kernel/kernel'
import { loadSource, planReplay } from '../../src/replay/index.ts'
import { runReplay } from '../../src/replay/run/run.ts'

const [url = '', file = ''] = process.argv.slice(2)
const plan = planReplay(await loadSource(file))
const kernel = openKernel(url, { max: 4 })
await runReplay(kernel, plan, {
  clock: () => new Date('2026-03-02T15:00:00Z'),
  onProgress: (news) => process.stdout.write(`${news.step} ${news.text} ${news.done ?? ''}\n`),
})
await kernel.close()
process.stdout.write('finished\n')
