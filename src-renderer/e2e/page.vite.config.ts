import { mergeConfig } from 'vite';
import base from '../vite.config.ts';

/** The development page, built for the specs, which open it hundreds of times; with React's warnings, which they fail for. */
export default mergeConfig(base, {
  preview: { host: '127.0.0.1', strictPort: true },
  build: {
    outDir: '../test-results/page',
    emptyOutDir: true,
    minify: false,
    target: 'chrome130',
    rollupOptions: { input: `${import.meta.dirname}/../dev.html` },
  },
});
