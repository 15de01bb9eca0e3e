// How the browser's part is built: from client/ into dist/client, one chunk per page, nothing inline and nothing from elsewhere.

import react from '@vitejs/plugin-react'
import { build, defineConfig, type Plugin } from 'vite'

const server = `http://127.0.0.1:${process.env.PORT ?? 3000}`

/** The script inside proof files: one piece without imports, because a file on a disk can load nothing. */
const proofFile: Plugin = {
  name: 'proof-file',
  apply: 'build',
  closeBundle: async () => {
    await build({
      configFile: false,
      root: 'client',
      logLevel: 'warn',
      build: {
        outDir: '../dist/client',
        emptyOutDir: false,
        target: 'es2022',
        lib: { entry: 'proof-file/main.ts', formats: ['iife'], name: 'proof', fileName: () => 'proof-file.js' },
      },
    })
  },
}

export default defineConfig({
  root: 'client',
  plugins: [react(), proofFile],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy has no place for data: fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  worker: { format: 'es' },
  server: {
    proxy: { '/api': server, '/socket.io': { target: server, ws: true } },
  },
})
