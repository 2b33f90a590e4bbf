// A story that does not go as it is written stops the load, by its name, with the step and the reason.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { loadDemo } from '../../src/demo/index.ts'
import { REFERENCE_TEMPLATE } from '../../src/setup/index.ts'
import { folderForThisFile } from '../support/clean-up.ts'
import { testDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-18T16:00:00Z')

/** A copy of the template that tells one story only, changed. */
function only(id: string, changed: object): string {
  const folder = folderForThisFile()
  cpSync(REFERENCE_TEMPLATE, folder, { recursive: true })
  const file = join(folder, 'demo', 'stories.yaml')
  const all = parse(readFileSync(file, 'utf8'))
  const story = all.stories.find((one: { id: string }) => one.id === id)
  writeFileSync(file, stringify({ ...all, stories: [{ ...story, ...changed }] }))
  return folder
}

const cases: readonly [string, string, object, string, string][] = [
  [
    'by somebody who may not',
    'quotation-cancelled',
    { steps: [{ verb: 'sales.order.draft', by: 'felix' }] },
    'DEMO_STORY_FAILED',
    'quotation-cancelled stopped at sales.order.draft by felix on 2026-10-29: NOT_ALLOWED',
  ],
  [
    'that ends in another state',
    'quotation-cancelled',
    { state: 'closed' },
    'DEMO_STORY_UNFINISHED',
    'quotation-cancelled should have ended as closed and ended as cancelled',
  ],
  [
    'that ends without its hold',
    'order-hold-manual',
    { hold: ['credit'] },
    'DEMO_STORY_UNFINISHED',
    'order-hold-manual should have ended as on_hold for credit and ended as on_hold for manual',
  ],
]
test.each(cases)(
  'a story %s stops the load',
  async (_, id, changed, code, sentence) => {
    const { kernel } = await testDatabase()
    const attempt = loadDemo(kernel, { now: NOW, folder: only(id, changed) })
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringContaining(sentence) })
  },
  120_000,
)
