// Makes a web app of the handheld that starts without a line: its manifest, its worker, and the files that are kept.

/** The files that this page came with. */
const loaded = (): readonly string[] =>
  performance
    .getEntriesByType('resource')
    .map((one) => new URL(one.name))
    .filter((url) => url.origin === location.origin && /^\/(assets\/|mark\.svg)/.test(url.pathname))
    .map((url) => url.pathname)

function linkManifest(): void {
  if (document.querySelector('link[rel=manifest]')) return
  const link = document.createElement('link')
  link.rel = 'manifest'
  link.href = '/handheld.webmanifest'
  document.head.append(link)
}

/** Safe to call at every start. In a browser without workers the handheld works as long as the page stays open. */
export async function startWorker(): Promise<void> {
  linkManifest()
  if (!('serviceWorker' in navigator) || import.meta.hot) return
  try {
    await navigator.serviceWorker.register('/handheld-sw.js', { scope: '/handheld' })
    const ready = await navigator.serviceWorker.ready
    // Other chunks that the handheld may need later are fetched now, while there is a line.
    await import('./camera.tsx')
    const files = loaded()
    navigator.serviceWorker.addEventListener('message', ({ data }) => {
      if (data?.kind === 'kept') document.documentElement.dataset.offline = 'ready'
    })
    ready.active?.postMessage({ kind: 'keep', files, whole: files.length > 3 })
    // What was asked before the worker took over is asked once more, so that it keeps the answers.
    if (!navigator.serviceWorker.controller)
      navigator.serviceWorker.addEventListener('controllerchange', () => void warm(), { once: true })
    else void warm()
    void navigator.storage?.persist?.()
  } catch {
    // A private window has no workers; nothing else depends on them.
  }
}

/** Asks for what the start of the page needs, through the worker. */
async function warm(): Promise<void> {
  const asked = performance
    .getEntriesByType('resource')
    .map((one) => new URL(one.name))
    .filter((url) => ['/api/session', '/api/descriptions', '/api/company/warehouse'].includes(url.pathname))
  for (const url of new Set(asked.map(String))) await fetch(url).catch(() => undefined)
}
