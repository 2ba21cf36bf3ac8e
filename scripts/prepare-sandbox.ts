import { defaultEngine } from '../src-sandbox/engine/engines.ts';
import { prepareData } from '../src-sandbox/sandbox.ts';

/** Makes the sandbox's prepared tables in the folder given, for the engine that this platform has. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Which folder?');
await prepareData(folder, defaultEngine());
