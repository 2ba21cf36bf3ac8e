/**
 * What the page may load and whom it may talk to: itself. No inline script or style, no remote content, no frames.
 *
 * @param connect further origins that it may connect to (browser mode's WebSocket)
 */
export function contentSecurityPolicy(...connect: string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
