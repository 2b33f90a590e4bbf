// The whole product with its demo, as `npm start` gives it, and people in front of it, each with a browser of his own.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { clear, folder, type Serving, serving } from '../cli/support.ts'
import { whenFileEnds } from '../support/clean-up.ts'
import { demoDatabase } from '../support/demo-database.ts'
import { lookingAt } from './camera.ts'
import { chromiumPath } from './chromium.ts'

/** Two browsers, two products and two databases on two cores may miss a frame between two keys; what fails twice is broken. */
export const ON_A_BUSY_MACHINE = { retry: 1 } as const

export type Looks = {
  theme?: 'light' | 'dark' | 'system'
  language?: 'en' | 'de'
  width?: number
  height?: number
  /** A film that his camera shows (camera.ts); he gets a browser of his own for it. */
  camera?: string
}

export type Person = {
  readonly page: Page
  readonly context: BrowserContext
  /** Goes to an address of the app and waits until the screen stands. */
  go(path: string): Promise<void>
}

/** What the API answers to the person in front of the page. */
export async function ask<T>({ page }: Person, path: string): Promise<readonly T[]> {
  const answer = await page.request.get(path)
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200)
  return (await answer.json()).items
}

export const leave = async (...people: readonly Person[]): Promise<void> => {
  await Promise.all(people.map(({ context }) => context.close()))
}

export type Product = {
  readonly url: string
  readonly home: string
  /** With these in its environment the command line works on the same database. */
  readonly settings: Readonly<Record<string, string>>
  readonly password: string
  /** Somebody of the demo, signed in. */
  person(name: string, looks?: Looks): Promise<Person>
  /** A browser before which nobody has signed in. */
  stranger(looks?: Looks): Promise<Person>
  /** What browsers complained about: broken scripts, and whatever the content policy stopped. */
  readonly complaints: readonly string[]
}

/** Refusals are answers, and a line that is gone is asked on again: a browser that says so has seen nothing broken. */
const ORDINARY =
  /the server responded with a status of (400|401|403|404|409|422)|net::ERR_INTERNET_DISCONNECTED|net::ERR_CONNECTION_(REFUSED|RESET)|net::ERR_FAILED/

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !ORDINARY.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`)
  })
}

async function open(browser: Browser, url: string, complaints: string[], looks: Looks): Promise<Person> {
  const { theme = 'light', language = 'en', width = 1280, height = 800 } = looks
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'de' ? 'de-DE' : 'en-US',
    baseURL: url,
  })
  await context.addInitScript(
    ([chosen, spoken]) => {
      localStorage.setItem('tradewright.theme', chosen ?? '')
      localStorage.setItem('tradewright.language', spoken ?? '')
    },
    [theme, language],
  )
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  listen(page, complaints)
  const go = async (path: string) => {
    await page.goto(path)
    await page.locator('#main h1').first().waitFor()
  }
  return { page, context, go }
}

let started: Promise<Product> | undefined

/** The product on an embedded database with the demo, one for all journeys of a test file; everything ends with the file. */
export const startProduct = (from: 'copy' | 'nothing' = 'copy'): Promise<Product> => {
  started ??= start(from)
  return started
}

type Started = { served: Serving; password: string; settings: Readonly<Record<string, string>> }

/** As a newcomer starts it: with a database of its own, into which the demo is loaded. */
async function fromNothing(home: string): Promise<Started> {
  const served = await serving(['--home', home])
  const signIns = served.answer.signIns
  const first = Array.isArray(signIns) ? signIns[0] : undefined
  const password = typeof first === 'object' && first !== null && 'password' in first ? String(first.password) : ''
  expect(password, served.said()).not.toBe('')
  return { served, password, settings: { TRADEWRIGHT_HOME: home } }
}

/** The same on a copy of a demo that was loaded before; that of today, as whoever looks does it today. */
async function fromCopy(home: string): Promise<Started> {
  const { url, password } = await demoDatabase(new Date())
  const settings = { DATABASE_URL: url, TRADEWRIGHT_HOME: home }
  return { served: await serving(['--home', home], settings), password, settings }
}

async function start(from: 'copy' | 'nothing'): Promise<Product> {
  const executablePath = chromiumPath()
  const home = await folder()
  const { served, password, settings } = await (from === 'copy' ? fromCopy(home) : fromNothing(home))
  // Chromium's own sandbox does not start as root; what it opens here is our own server.
  const own = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const launch = (args: readonly string[]) => chromium.launch({ executablePath, args: [...own, ...args] })
  const browser = await launch([])
  const others: Browser[] = []
  const complaints: string[] = []
  whenFileEnds(async () => {
    started = undefined
    for (const one of [browser, ...others]) await one.close()
    await clear()
  })
  const withCamera = async (film: string) => {
    const one = await launch(lookingAt(film))
    others.push(one)
    return one
  }
  const stranger = async (looks: Looks = {}) => {
    const before = looks.camera === undefined ? browser : await withCamera(looks.camera)
    const opened = await open(before, served.url, complaints, looks)
    await opened.page.goto('/')
    await opened.page.locator('[name=email]').waitFor()
    return opened
  }
  return {
    url: served.url,
    home,
    settings,
    password,
    complaints,
    stranger,
    async person(name, looks = {}) {
      const opened = await stranger(looks)
      await opened.page.fill('[name=email]', `${name}@tradewright.example`)
      await opened.page.fill('[name=password]', password)
      await opened.page.keyboard.press('Enter')
      await opened.page.locator('#main h1').waitFor()
      return opened
    },
  }
}
