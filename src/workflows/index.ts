/** What the cloud worker runs: pinned to the build it started on until it hands over (see `src/workers/cloud`). */
export { companySync } from './companySync.ts';
