// Health check of the container: `tandem cloud` writes running.json into its data folder once it is ready, and takes it away.
// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';

try {
  const { pid } = JSON.parse(readFileSync(path.join(process.env.TANDEM_DATA ?? '/data', 'running.json'), 'utf8'));
  process.kill(pid, 0);
} catch (error) {
  process.stderr.write(`tandem cloud is not up: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
