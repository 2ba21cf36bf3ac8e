import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The development page (dev.html), for looking at screens without a main process. The product is built by electron.vite.config.ts. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', port: 5187, strictPort: true, fs: { allow: ['..'] } },
});
