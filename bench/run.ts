export {};

/** `npm run bench`: everything, one after another. Close other programs; quote ratios, not times. */
await import('./gateway.ts');
await import('./transfer.ts');
await import('./ipc.ts');
await import('./access.ts');
await import('./service.ts');
await import('./startup.ts');
await import('./grid.ts');
await import('./window.ts');
await import('./export.ts');
