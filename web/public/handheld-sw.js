// Keeps the handheld usable without a line: its page and files, and who is signed in. What is changed never goes through here.
const FILES = 'tradewright-files-1'
const ANSWERS = 'tradewright-answers-1'
const KEPT = ['/api/session', '/api/descriptions', '/api/company/warehouse']

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// The page names what it was made of before this worker was there to see it.
self.addEventListener('message', (event) => {
  if (event.data?.kind !== 'keep') return
  const wanted = event.data.files.filter((one) => new URL(one, self.location.origin).origin === self.location.origin)
  event.waitUntil(
    caches.open(FILES).then(async (cache) => {
      await cache.put('/handheld', await fetch('/handheld', { headers: { accept: 'text/html' } }))
      for (const file of wanted) if (!(await cache.match(file))) await cache.add(file).catch(() => undefined)
      const keep = new Set(wanted.map((one) => new URL(one, self.location.origin).pathname))
      for (const { url } of await cache.keys()) {
        const { pathname } = new URL(url)
        // Files of an earlier version that the page does not use any more.
        if (pathname.startsWith('/assets/') && event.data.whole && !keep.has(pathname)) await cache.delete(url)
      }
      event.source?.postMessage({ kind: 'kept' })
    }),
  )
})

/** What is there is taken at once: names under /assets/ change with their content. */
async function keptFirst(request) {
  const cache = await caches.open(FILES)
  const found = await cache.match(request, { ignoreVary: true })
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

/** The server's word, and its last one when it cannot be reached. Somebody who is not signed in has no last word. */
async function freshFirst(request, name, key) {
  const cache = await caches.open(name)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(key, answer.clone())
    else if (answer.status === 401) await caches.delete(ANSWERS)
    return answer
  } catch (error) {
    const found = await cache.match(key, { ignoreVary: true })
    if (found) return found
    throw error
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'DELETE' && url.pathname === '/api/session') {
    event.waitUntil(caches.delete(ANSWERS))
    return
  }
  if (request.method !== 'GET') return
  if (request.mode === 'navigate' && url.pathname.startsWith('/handheld'))
    event.respondWith(freshFirst(request, FILES, '/handheld'))
  else if (url.pathname.startsWith('/assets/') || url.pathname === '/mark.svg') event.respondWith(keptFirst(request))
  else if (KEPT.includes(url.pathname)) event.respondWith(freshFirst(request, ANSWERS, request.url))
})
