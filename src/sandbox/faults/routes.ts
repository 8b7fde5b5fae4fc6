/**
 * The pages under /faults, the same on both sandboxes: set, ask (long poll), release, remove, list, clear.
 */
import { type Context, Hono } from 'hono';
import { FaultError } from './fault.ts';
import type { FaultRegistry, FaultState } from './registry.ts';

/**
 * Routes to be mounted at `/faults`. A mistake in a request is answered 400 with `{error}`: what, where, what is
 * allowed; an unknown id 404.
 */
export function faultRoutes<Match, Call, Fail>(registry: FaultRegistry<Match, Call, Fail>): Hono {
  const unknown = (c: Context): Response => {
    const ids = registry.list().map(({ id }) => id);
    return c.json(
      { error: `no fault ${c.req.param('id')}; there is ${ids.length === 0 ? 'none' : ids.join(', ')}` },
      404,
    );
  };
  return new Hono()
    .post('/', async (c) => {
      try {
        return c.json({ id: registry.add(JSON.parse(await c.req.text())) });
      } catch (error) {
        if (error instanceof FaultError) return c.json({ error: error.message }, 400);
        if (error instanceof SyntaxError) return c.json({ error: `body: not JSON (${error.message})` }, 400);
        throw error;
      }
    })
    .get('/', (c) => c.json(registry.list().map(shown)))
    .delete('/', (c) => {
      registry.clear();
      return c.json({});
    })
    .get('/:id', async (c) => {
      const wait = c.req.query('wait') ?? '0';
      if (!/^\d{1,7}$/.test(wait))
        return c.json({ error: `wait: "${wait}" is not a number of milliseconds (0 to 120000)` }, 400);
      const state = await registry.state(c.req.param('id'), Number(wait));
      return state === undefined
        ? unknown(c)
        : c.json({ id: state.id, reached: state.reached, released: state.released });
    })
    .post('/:id/release', (c) => (registry.release(c.req.param('id')) ? c.json({}) : unknown(c)))
    .delete('/:id', (c) => (registry.remove(c.req.param('id')) ? c.json({}) : unknown(c)));
}

/** As it was set: all fields of the action at the top level, a regular expression as its source. */
function shown<Match, Fail>({ match, action, ...rest }: FaultState<Match, Fail>): object {
  const { kind, ...fields } = action;
  const written = Object.entries(match as Record<string, unknown>).map(([key, value]) => [
    key,
    value instanceof RegExp ? value.source.replaceAll('\\/', '/') : value,
  ]);
  return {
    ...rest,
    action: kind,
    ...('fail' in fields ? fields.fail : fields),
    match: Object.fromEntries(written),
  };
}
