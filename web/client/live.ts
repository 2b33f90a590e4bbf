// What happens on the server while one looks: documents that were touched are read again, and screens may listen too.
import { addressOf, read } from './http.ts'
import { readNoticesAgain } from './notices.ts'
import { client, readOnesAgain } from './questions.ts'
import { companyCode, session } from './session.ts'
import { store } from './store.ts'

/** False while the browser or the server cannot be reached. */
export const online = store(navigator.onLine)

/** One thing that was done. Without an id it says only that some document of this kind was touched. */
export type Happening = {
  document: string
  id?: string
  verb?: string
  to?: string
  by?: { id: string | null; name: string | null }
}

const listeners = new Set<(happening: Happening) => void>()

/** Hears of everything that happens in the company; gives the function that stops it. */
export function onHappening(heard: (happening: Happening) => void): () => void {
  listeners.add(heard)
  return () => listeners.delete(heard)
}

/** Questions may depend on anything, so they are asked again, but not more often than this, in milliseconds. */
const CALM = 1_500
let planned: ReturnType<typeof setTimeout> | undefined
const lists = new Set<string>()

/** A busy company touches hundreds of documents a minute; what is on the screen is read again once in a while, not each time. */
function plan(document: string): void {
  lists.add(document)
  if (planned) return
  planned = setTimeout(() => {
    planned = undefined
    const company = companyCode.get()
    for (const name of lists) void client.invalidateQueries({ queryKey: ['list', company, name] })
    lists.clear()
    void client.invalidateQueries({ queryKey: ['ask', company] })
  }, CALM)
}

function hear(happening: Happening): void {
  const company = companyCode.get()
  const { document, id } = happening
  plan(document)
  // A screen that is being worked on decides itself whether it takes over what somebody else did.
  if (id === undefined) void client.invalidateQueries({ queryKey: ['one', company, document] })
  else void client.invalidateQueries({ queryKey: ['history', company, document, id] })
  for (const heard of listeners) heard(happening)
}

/** Everything on the screen is read again: after a silence nobody knows what happened. */
const readAgain = () => void client.invalidateQueries()

let stream: EventSource | undefined

function open(): void {
  stream?.close()
  stream = undefined
  if (!session.get() || !companyCode.get()) return
  let broken = false
  const next = new EventSource(addressOf('/api/events', {}))
  next.addEventListener('open', () => {
    online.set(true)
    if (broken) readAgain()
    broken = false
  })
  next.addEventListener('did', (event) => hear(JSON.parse(event.data)))
  next.addEventListener('notice', () => void readNoticesAgain())
  next.addEventListener('many', readAgain)
  // The session ended; asking anything brings up the sign-in sheet.
  next.addEventListener('ended', () => {
    next.close()
    void read('/api/descriptions').catch(() => undefined)
  })
  next.addEventListener('error', () => {
    broken = true
    void reach()
  })
  stream = next
}

/** A stream that broke says nothing about why; one small question tells whether the server is there. */
async function reach(): Promise<void> {
  const answered = await fetch('/healthz').then(
    (answer) => answer.ok,
    () => false,
  )
  online.set(answered)
  // The browser tries again by itself, except when it was refused for good.
  if (answered && stream?.readyState === EventSource.CLOSED) setTimeout(open, 3_000)
}

/** Begins to listen, and does so again for another person or company. */
export function listenLive(): void {
  addEventListener('online', () => void reach())
  addEventListener('offline', () => online.set(false))
  session.listen(open)
  companyCode.listen(open)
  open()
}

/** Reads a document again, after somebody said that he wants the new state. */
export const takeOver = (document: string, id: string): void => readOnesAgain(document, [id])
