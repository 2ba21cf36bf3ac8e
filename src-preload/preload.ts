import { callNames } from '../src-shared/contracts/call-names.ts';
(globalThis as Record<string, unknown>)['x'] = callNames;
