import { callNames } from '../../src-shared/contracts/call-names.ts';

process.stdout.write(callNames.join());
