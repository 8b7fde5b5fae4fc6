/** A sandbox in a process of its own, to be killed: `process.ts <folder>`; prints its address. */
import { createQuickBooksSandbox } from '../../../src/sandbox/quickbooks/index.ts';

const sandbox = await createQuickBooksSandbox({ dataDir: process.argv[2] ?? '', seed: 'small' });
const { url } = await sandbox.listen(0);
process.stdout.write(`${url}\n`);
