import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.js';

const client = fileURLToPath(new URL('../../clients/typescript/client/src/', import.meta.url));

// Every address in the page is relative, so that the same files serve /console on Kestrel and the root of a static site.
export default defineConfig({
  base: './',
  resolve: {
    alias: [
      { find: /^@session-functions\/client$/, replacement: `${client}index.ts` },
      { find: /^@session-functions\/client\/(.+)$/, replacement: `${client}$1.ts` },
    ],
  },
  build: {
    target: 'es2023',
    assetsDir: 'assets',
    // An inlined asset would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
  },
  plugins: [compressed()],
});
