import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Caller } from '../../src/mineraltree/calls.ts';
import { classifications } from '../../src/mineraltree/entities/lists.ts';
import { MineralTreeError } from '../../src/mineraltree/errors.ts';
import { everything } from '../../src/mineraltree/fiql.ts';
import { search } from '../../src/mineraltree/search.ts';

interface Entry {
  id: string;
  modified: string;
  name: string;
}
interface Question {
  readonly query: string;
  readonly page: number;
  readonly count: number;
}
interface Peer {
  readonly call: Caller;
  readonly questions: Question[];
}

const at = (second: number): string => new Date(1_790_000_000_000 + second * 1000).toISOString().replace('.000', '');
const entry = (number: number, second: number): Entry => ({
  id: `id-${number}`,
  modified: at(second),
  name: `c${number}`,
});

/** An index that a search reads, with a page cap; `meanwhile` is what people do after each answer. */
function peer(entries: Entry[], cap: number, meanwhile: (answered: number) => void = () => undefined): Peer {
  const questions: Question[] = [];
  return {
    questions,
    call: async ({ body }) => {
      const question = body as Question;
      questions.push(question);
      const since = /modified=ge=(.*)$/.exec(question.query)?.[1] ?? '';
      const size = Math.min(question.count, cap);
      const found = entries
        .filter(({ modified }) => modified >= since)
        .sort((a, b) => (a.modified < b.modified ? -1 : a.modified > b.modified ? 1 : a.id < b.id ? -1 : 1))
        .slice(question.page * size, (question.page + 1) * size)
        .map((found) => ({ ...found }));
      meanwhile(questions.length);
      return { count: found.length, entities: found };
    },
  };
}

async function found({ call }: Peer, pageSize: number, maxPages = 1000): Promise<string[]> {
  const names: string[] = [];
  for await (const reading of search(call, 'company', classifications, everything, { pageSize, maxPages }))
    names.push('record' in reading ? `${reading.record.name} ${reading.record.modified}` : `? ${reading.unreadable}`);
  return names;
}
const told = (entries: readonly Entry[]): string[] => entries.map(({ name, modified }) => `${name} ${modified}`).sort();

describe('paging to the end', () => {
  const TABLE: readonly (readonly [string, number, number, number, number?])[] = [
    // [what, records, page size, page cap, seconds in which they were written (default: one each)]
    ['nothing at all', 0, 10, 10],
    ['less than a page', 3, 10, 10],
    ['exactly a page', 10, 10, 10],
    ['several pages', 35, 10, 10],
    ['a cap that nobody told', 35, 10, 4],
    ['a cap of one', 7, 10, 1],
    ['more records of one second than fit a page', 35, 10, 10, 1],
    ['the same under a cap of one', 7, 10, 1, 1],
    ['seconds that are larger and smaller than a page', 60, 7, 7, 4],
  ];
  for (const [what, records, pageSize, cap, seconds = records] of TABLE)
    it(`reads ${what}, each record once`, async () => {
      const entries = Array.from({ length: records }, (_, number) =>
        entry(number, Math.floor((number * seconds) / Math.max(records, 1))),
      );
      assert.deepEqual((await found(peer(entries, cap), pageSize)).sort(), told(entries));
    });

  it('asks once when nothing has changed', async () => {
    const quiet = peer([], 10);
    await found(quiet, 10);
    assert.equal(quiet.questions.length, 1);
  });

  it('loses no record when an earlier one moves to the end', async () => {
    const entries = Array.from({ length: 9 }, (_, number) => entry(number, number));
    const first = entries[0];
    const moving = peer(entries, 3, (answered) => {
      if (answered === 1 && first !== undefined) first.modified = at(100);
    });
    const names = await found(moving, 3);
    for (const { name } of entries)
      assert.ok(
        names.some((line) => line.startsWith(`${name} `)),
        `${name} is missing`,
      );
    assert.equal(names.at(-1), `c0 ${at(100)}`, 'the newer version comes later');
  });

  it('loses no record when others leave the search, as invoices do that are acknowledged meanwhile', async () => {
    const entries = Array.from({ length: 12 }, (_, number) => entry(number, number));
    const all = told(entries);
    const leaving = peer(entries, 3, () => {
      entries.shift();
    });
    const names = await found(leaving, 3);
    assert.deepEqual(
      all.filter((line) => !names.includes(line)),
      all.slice(0, 0),
    );
  });

  it('finds every record that stays put, whatever changes between the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.record({ index: fc.nat({ max: 39 }), leaves: fc.boolean() }), { maxLength: 8 }),
        async (seconds, pageSize, cap, changes) => {
          const entries = seconds.map((second, number) => entry(number, second));
          const moved = new Set<string>();
          const names = await found(
            peer(entries, cap, (answered) => {
              const change = changes[answered - 1];
              const target = change === undefined ? undefined : entries[change.index % Math.max(entries.length, 1)];
              if (change === undefined || target === undefined) return;
              moved.add(target.name);
              if (change.leaves) entries.splice(entries.indexOf(target), 1);
              else target.modified = at(100 + answered);
            }),
            pageSize,
          );
          const still = entries.filter(({ name }) => !moved.has(name));
          assert.deepEqual(
            told(still).filter((line) => !names.includes(line)),
            [],
          );
          // What only moved is there as well: it can be passed over at its old place, but not at its new one.
          for (const { name } of entries)
            assert.ok(
              names.some((line) => line.startsWith(`${name} `)),
              name,
            );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('hands on what cannot be read and goes on', async () => {
    const entries = [entry(0, 0), { ...entry(1, 1), name: '' }, entry(2, 2), { ...entry(3, 3), modified: 'yesterday' }];
    assert.deepEqual(
      (await found(peer(entries, 2), 2)).sort(),
      ['? id-1', '? id-3', ...told([entry(0, 0), entry(2, 2)])].sort(),
    );
  });

  const answering = (answer: (question: number) => unknown): Peer => {
    let asked = 0;
    return { questions: [], call: async () => answer(asked++) };
  };
  const malformed = (error: unknown): boolean =>
    error instanceof MineralTreeError && error.code === 'malformedAnswer' && error.outcome === 'notApplied';

  it('comes to an end when the same page is answered for ever', async () => {
    const page = [entry(0, 0), entry(1, 1)];
    assert.deepEqual(
      await found(
        answering(() => ({ count: 2, entities: page })),
        2,
      ),
      told(page),
    );
  });

  it('gives up, with words, on a search that goes on for ever', async () => {
    const endless = answering((question) => ({ entities: [entry(2 * question, 0), entry(2 * question + 1, 0)] }));
    await assert.rejects(found(endless, 2, 50), malformed);
  });

  for (const answer of [null, [], {}, { entities: {} }, { entities: null, count: 0 }, { count: 'x', entities: [] }])
    it(`refuses ${JSON.stringify(answer)} as a page`, async () => {
      await assert.rejects(
        found(
          answering(() => answer),
          2,
        ),
        malformed,
      );
    });
});
