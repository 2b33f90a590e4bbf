// `tradewright replay online-retail` as people and machines run it: the answer, the report, the exit codes.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FIXTURE = fileURLToPath(new URL('fixture.csv', import.meta.url))
const CONTROL = fileURLToPath(new URL('fixture-control.csv', import.meta.url))

type Answer = { code: number; stdout: string; stderr: string }

let url = ''
const folder = mkdtempSync(join(tmpdir(), 'tradewright-replay-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(async () => {
  url = (await testDatabase()).url
})

const tradewright = (...given: string[]) =>
  new Promise<Answer>((resolve) => {
    const env = { ...process.env, DATABASE_URL: url, TRADEWRIGHT_HOME: folder }
    const args = ['bin/tradewright.js', 'replay', 'online-retail', ...given]
    execFile(process.execPath, args, { cwd: ROOT, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const code = error && typeof error.code === 'number' ? error.code : error ? -1 : 0
      resolve({ code, stdout, stderr })
    })
  })

describe('the command', () => {
  it('refuses a wrong month, a control that is not there, and a file that is not there, and writes nothing', async () => {
    const month = await tradewright(FIXTURE, '--until', '2012-13', '--json')
    expect([month.code, JSON.parse(month.stdout).error.code]).toEqual([2, 'OPTION_INVALID'])
    const control = await tradewright(FIXTURE, '--control', join(folder, 'none.csv'), '--json')
    expect([control.code, JSON.parse(control.stdout).error.code]).toEqual([2, 'OPTION_INVALID'])
    const file = await tradewright(join(folder, 'none.csv'), '--json')
    expect([file.code, JSON.parse(file.stdout).error.code]).toEqual([1, 'REPLAY_FILE_NOT_FOUND'])
  }, 180_000)

  it('replays, answers with equal totals and proven books, and writes the report', async () => {
    const report = join(folder, 'report.md')
    const first = await tradewright(FIXTURE, '--control', CONTROL, '--until', '2012-01', '--json')
    expect(JSON.parse(first.stdout)).toMatchObject({ ok: true, equal: true, days: { now: 3, before: 0 } })
    const rest = await tradewright(FIXTURE, '--control', CONTROL, '--json', '--report', report)
    expect(rest.code).toBe(0)
    expect(JSON.parse(rest.stdout)).toMatchObject({
      ok: true,
      figures: 27,
      different: [],
      days: { now: 2, before: 3 },
      verify: { ok: true, failed: [] },
    })
    const text = readFileSync(report, 'utf8')
    expect(text).toContain('**All 27 control figures of 3 months are equal to the last digit** (control and ERP).')
    expect(text).toContain('**all of them hold**')
  }, 300_000)

  it('says no when a figure differs from the control', async () => {
    const wrong = join(folder, 'wrong.csv')
    const given = readFileSync(CONTROL, 'utf8').replace('12.50', '12.51')
    writeFileSync(wrong, given)
    const answer = await tradewright(FIXTURE, '--control', wrong, '--json')
    expect(answer.code).toBe(1)
    const { ok, different } = JSON.parse(answer.stdout)
    expect(ok).toBe(false)
    expect(different).toEqual([
      { month: '2012-03', measure: 'value_noncancel', control: '12.51', recorded: '12.5', equal: false },
    ])
  }, 180_000)
})
