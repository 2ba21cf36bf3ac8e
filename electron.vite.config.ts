import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

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
      rollupOptions: {
        input: {
          'electron/main': 'src-main/electron/main.ts',
          'engine/process': 'src-main/engine/process.ts',
          'browser/main': 'src-main/browser/main.ts',
          'cli/rolegate': 'src-cli/rolegate.ts',
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
