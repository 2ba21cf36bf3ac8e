import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const bundled = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-sts',
  '@aws-sdk/credential-providers',
  '@peculiar/asn1-schema',
  '@peculiar/asn1-x509',
  '@peculiar/x509',
  'commander',
  'otpauth',
  're2js',
  'reflect-metadata',
  'undici',
  'ws',
  'yaml',
  'zod',
];

/**
 * Three builds, one `dist/`: what runs in Node (Electron's main process, the engine, browser mode, the command
 * line), the preload as a single CommonJS file (a sandboxed preload can load nothing else), and the page.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      // Packages without native parts are built in: one file is read far quicker than hundreds. What stays outside
      // has native parts, starts workers from files of its own, or is needed rarely and late.
      externalizeDeps: { exclude: bundled },
      rollupOptions: {
        input: {
          'electron/main': 'src-main/electron/main.ts',
          'engine/process': 'src-main/engine/process.ts',
          'browser/main': 'src-main/browser/main.ts',
          'cli/rolegate': 'src-cli/rolegate.ts',
          // Started as a thread by its path, never imported: see src-service/backend/libsql/database.ts.
          'backend/libsql-thread': 'src-service/backend/libsql/thread.mjs',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'dist/preload',
      target: 'node20.18',
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'src-preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react(), tailwindcss()],
    build: {
      outDir: 'dist/renderer',
      target: 'chrome130',
      minify: true,
      // Inlined assets would need `data:` in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: 'src-renderer/index.html' },
    },
  },
});
