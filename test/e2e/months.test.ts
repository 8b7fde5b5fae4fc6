/**
 * The random months of test/scenarios on the real server: each company has its workflow, all have one cloud and one connector,
 * and what holds without Temporal holds with it.
 *
 * Three months, unless TANDEM_SERVER_CASES says how many; TANDEM_SEED is where they start. They are played side by side, a
 * dozen at a time: each person's next move when all have made the last, for edits of one second have one edit sequence.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import pino from 'pino';
import { move } from '../../src/cli/demo/sandboxes.ts';
import { type Stage, startStage } from '../../src/cli/demo/stage.ts';
import { openStore, readMasterKey, type Store } from '../../src/store/index.ts';
import { wasDone } from '../scenarios/monthEnd.ts';
import { month } from '../scenarios/months.ts';
import { CompanyOnServer } from './monthsOnServer.ts';

const CASES = Number(process.env.TANDEM_SERVER_CASES ?? 3);
const SEED = Number(process.env.TANDEM_SEED ?? 20_260_302);
const AT_ONCE = 12;

const log = pino({ level: 'silent' });

describe('random months on the server', function () {
  this.timeout(120_000 + CASES * 30_000);
  let stage: Stage;
  let store: Store;

  before(async () => {
    stage = await startStage({ env: process.env, log, ui: false });
    await stage.startCloud();
    const masterKey = await readMasterKey(stage.masterKeyFile);
    store = await openStore({ databaseUrl: stage.databaseUrl, masterKey, log });
  });
  after(async () => {
    await store?.close();
    await stage?.stop();
  });

  const months = fc.sample(fc.tuple(...month), { numRuns: CASES, seed: SEED });
  for (let from = 0; from < CASES; from += AT_ONCE) {
    const to = Math.min(CASES, from + AT_ONCE);
    it(`months ${from + 1} to ${to} from seed ${SEED}: the judge agrees, and every difference is a named problem`, async () => {
      const played = await play(months.slice(from, to), from);
      assert.deepEqual(
        played.filter(({ wrong }) => wrong.length > 0),
        [],
      );
    });
  }

  async function play(some: typeof months, from: number) {
    const companies = await Promise.all(
      some.map(([switches, voidPayments, discounts], index) =>
        CompanyOnServer.found(stage, store, `Month ${from + index + 1}`, { switches, voidPayments, discounts }),
      ),
    );
    const connector = await stage.startConnector(
      `desk-${from + 1}`,
      companies.map(({ company }) => company),
      {
        ownProcessors: true,
        allowVoids: companies.flatMap(({ company, voidPayments }) => (voidPayments ? [company] : [])),
      },
    );
    await Promise.all(companies.map((one) => one.firstLoad()));
    const rounds = Math.max(...some.map(([, , , moves]) => moves.length));
    for (let round = 0; round < rounds; round += 1) {
      await move(stage.quickBooks, 'move-clock', { seconds: 2 });
      await Promise.all(
        some.map(async ([, , , moves], index) => {
          const [one, company] = [moves[round], companies[index]];
          if (one !== undefined && company !== undefined) await wasDone(company, one);
        }),
      );
    }
    const played = await Promise.all(
      companies.map(async (company, index) => {
        await company.settle();
        await company.later(4);
        await company.settle();
        await company.later(26);
        await company.settle();
        let end = await company.wrong();
        if (end.wrong.length > 0) {
          // What differs in the report is looked at again.
          await company.settle();
          end = await company.wrong();
        }
        return { month: fc.stringify(some[index]), ...end };
      }),
    );
    await connector.stop();
    return played;
  }
});
