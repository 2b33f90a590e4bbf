// The web app is built at the first start, not again without a reason, and stays light.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal'
import { webApp } from '../../src/web.ts'

const folder = mkdtempSync(join(tmpdir(), 'tw-build-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  await work.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  )

test('It is built once for the same sources, and its first load is under 250 KB of packed script', async () => {
  await webApp(() => undefined)
  const said: string[] = []
  const dist = await webApp((text) => said.push(text))
  expect(said).toEqual([])
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '')
  expect(scripts.length).toBeGreaterThan(0)
  const packed = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0)
  expect(packed).toBeLessThan(250 * 1024)
})

test('A change of a source builds it anew; sources that cannot be built, or are missing, are a refusal that says why', async () => {
  expect(await codeOf(webApp(() => undefined, folder))).toBe('WEB_NOT_BUILT')
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="/main.tsx"></script>')
  writeFileSync(join(folder, 'vite.config.ts'), 'export default {}')
  writeFileSync(join(folder, 'main.tsx'), 'document.title = "one"')
  const said: string[] = []
  const dist = await webApp((text) => said.push(text), folder)
  await webApp((text) => said.push(text), folder)
  expect(said).toEqual(['Building the web app'])
  writeFileSync(join(folder, 'main.tsx'), 'document.title = "two"')
  await webApp((text) => said.push(text), folder)
  expect(said).toHaveLength(2)
  writeFileSync(join(folder, 'main.tsx'), 'this is no program')
  expect(await codeOf(webApp(() => undefined, folder))).toBe('WEB_NOT_BUILT')
  rmSync(join(folder, 'main.tsx'))
  // A package brings the app built, without its sources.
  mkdirSync(dist, { recursive: true })
  writeFileSync(join(dist, 'index.html'), '')
  expect(await webApp(() => undefined, folder)).toBe(dist)
})
