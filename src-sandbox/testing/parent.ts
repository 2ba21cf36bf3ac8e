import { startDynoxide } from '../engine/dynoxide.ts';

/** A process that has an engine and is killed by its test: says where the engine listens, then does nothing. */
const [folder = ''] = process.argv.slice(2);
const engine = await startDynoxide({ folder, region: 'us-east-1' });
process.stdout.write(engine.origin);
