import { protocol } from 'electron';
import { contentSecurityPolicy } from '../page/content-security-policy.ts';
import { readPageFile } from '../page/page-files.ts';

/** The page's own scheme and origin. Nothing else is ever shown in a window. */
export const pageOrigin = 'app://rolegate';
export const pageUrl = `${pageOrigin}/`;

/** Must be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page from its folder, and nothing from anywhere else. */
export function servePage(folder: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file =
      url.host === 'rolegate' && request.method === 'GET' ? await readPageFile(folder, url.pathname) : undefined;
    if (!file) return new Response('Not found', { status: 404, headers: securityHeaders });
    return new Response(new Uint8Array(file.content), {
      headers: { ...securityHeaders, 'Content-Type': file.contentType },
    });
  });
}

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
