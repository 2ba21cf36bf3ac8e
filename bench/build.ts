import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the built servers are: inside `node_modules`, so that they find their packages, and git does not see them. */
export const builtServers = `${root}node_modules/.cache/rolegate-bench`;

/** Builds the bench's servers as the product is built: what a loader adds to TypeScript must not be measured. */
export async function buildServers(): Promise<void> {
  const names = [
    'export-job',
    'export-plain',
    'gateway-server',
    'load',
    'plain-proxy',
    'sink',
    'transfer-load',
    'upstream',
    'usage',
  ];
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20.18',
      minify: false,
      outDir: builtServers,
      emptyOutDir: true,
      rollupOptions: {
        input: {
          ...Object.fromEntries(names.map((name) => [name, `${root}bench/servers/${name}.ts`])),
          'backend/libsql-thread': `${root}src-service/backend/libsql/thread.mjs`,
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  // Electron's Node does not find out by itself that these are modules.
  writeFileSync(`${builtServers}/package.json`, '{"type": "module"}');
}
