// The headers that every answer carries, errors included.

/** What an answer of the API says to a browser: run nothing, embed nowhere, guess nothing, keep nothing. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
}

/** For the few HTML pages: their own style sheet and nothing else, no script at all. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/**
 * For the web app: scripts, styles and fonts of its own and nothing from elsewhere. Nothing inline: React sets styles
 * through the object model, which a policy does not govern. WebAssembly is there for the barcode reader of the handheld.
 */
export const APP_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** The app may ask for the camera, to read barcodes; nothing else that a page could ask for. */
export const APP_RIGHTS = 'camera=(self), geolocation=(), microphone=()'

/** Sent too when the product is reached by TLS: two years, as hstspreload.org asks at least one of. */
export const TRANSPORT_HEADERS: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
}
