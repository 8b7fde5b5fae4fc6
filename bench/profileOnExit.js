// Loaded into a process by NODE_OPTIONS=--import: profiles it from start to exit, into the folder TANDEM_BENCH_PROFILES.
// (Node takes --cpu-prof on the command line alone, and the commands are started as a user starts them.)
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';

const folder = process.env.TANDEM_BENCH_PROFILES;
if (folder) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1_000 });
  session.post('Profiler.start');
  process.on('exit', () => {
    session.post('Profiler.stop', (error, result) => {
      if (error) return;
      mkdirSync(folder, { recursive: true });
      const name =
        process.argv
          .slice(2, 4)
          .join('-')
          .replace(/[^a-z-]/g, '') || 'node';
      writeFileSync(path.join(folder, `${name}-${process.pid}.cpuprofile`), JSON.stringify(result.profile));
    });
  });
}
