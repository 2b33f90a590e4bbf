// How the web app is built and served while it is being written.
import { defineConfig } from 'vite'

/** The server that a development page talks to: TRADEWRIGHT_URL, or the product on its usual port. */
const target = process.env.TRADEWRIGHT_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  // Small pictures are files too: a data: address would need a wider policy for styles.
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      // Libraries mark files for servers that render React; here everything runs in the browser.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: {
    port: 5173,
    strictPort: false,
    // The API refuses a change that a foreign page asks for; through the proxy the page is its own again.
    proxy: { '/api': { target, changeOrigin: true, headers: { origin: target } } },
  },
})
