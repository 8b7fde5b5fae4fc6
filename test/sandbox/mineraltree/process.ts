/** A sandbox in a process of its own, to be killed: `process.ts <folder> <rewriteAfterBytes>`; prints its address. */
import { createMineralTreeSandbox } from '../../../src/sandbox/mineraltree/index.ts';

const [dataDir = '', bytes = ''] = process.argv.slice(2);
const sandbox = await createMineralTreeSandbox({ dataDir, rewriteAfterBytes: Number(bytes) });
const { url } = await sandbox.listen(0);
process.stdout.write(`${url}\n`);
