/** The log of a command: lines of JSON on standard error, from a level that the environment may change. */
import pino, { type Logger } from 'pino';
import type { Environment } from './places.ts';

/** `TANDEM_LOG` is one of pino's levels. */
export function commandLog(env: Environment, level = 'info'): Logger {
  const asked = env.TANDEM_LOG ?? level;
  return pino({ level: asked in pino.levels.values || asked === 'silent' ? asked : level }, pino.destination(2));
}
