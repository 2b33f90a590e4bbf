// The web app is built at the first start, not again without a reason, and stays light.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal'
import { webApp } from '../../src/web.ts'
import { folderForThisFile } from '../support/clean-up.ts'

const folder = folderForThisFile()

const SOURCES = [
  ['index.html', '<script type="module" src="/main.tsx"></script>'],
  ['vite.config.ts', 'export default {}'],
  ['main.tsx', 'document.title = "one"'],
] as const

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

test('Servers that start together build side by side, and each finds a whole app', async () => {
  const own = folderForThisFile()
  for (const [name, text] of SOURCES) writeFileSync(join(own, name), text)
  const found = await Promise.all([webApp(() => undefined, own), webApp(() => undefined, own)])
  expect(found[0]).toBe(found[1])
  expect(readFileSync(join(found[0], 'index.html'), 'utf8')).toContain('/assets/')
})

test('A change of a source builds it anew; sources that cannot be built, or are missing, are a refusal that says why', async () => {
  expect(await codeOf(webApp(() => undefined, folder))).toBe('WEB_NOT_BUILT')
  for (const [name, text] of SOURCES) writeFileSync(join(folder, name), text)
  const said: string[] = []
  const dist = await webApp((text) => said.push(text), folder)
  await webApp((text) => said.push(text), folder)
  expect(said).toEqual(['Building the web app'])
  writeFileSync(join(folder, 'main.tsx'), 'document.title = "two"')
  const changed = await webApp((text) => said.push(text), folder)
  expect(said).toHaveLength(2)
  expect(changed).not.toBe(dist)
  writeFileSync(join(folder, 'main.tsx'), 'this is no program')
  expect(await codeOf(webApp(() => undefined, folder))).toBe('WEB_NOT_BUILT')
  rmSync(join(folder, 'main.tsx'))
  // A package brings the app built, without its sources.
  expect([dist, changed]).toContain(await webApp(() => undefined, folder))
})
