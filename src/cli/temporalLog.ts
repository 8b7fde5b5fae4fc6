/** Temporal's own log lines, as lines of ours. */
import { DefaultLogger } from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

export function temporalLog(log: Logger): DefaultLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { timestampNanos: _left, ...rest } = { ...meta };
    log[LEVELS[level]]({ temporal: rest }, message);
  });
}
