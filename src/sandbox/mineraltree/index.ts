/** The MineralTree sandbox: a working stand-in for MineralTree's API and for the people who use MineralTree. */
export { createMineralTreeSandbox, type MineralTreeSandbox, type MineralTreeSandboxOptions } from './server.ts';
