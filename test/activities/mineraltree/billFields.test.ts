/**
 * Each plain text of a bill through every layer: the company file, the reading at the site, the schema, the mapping, the
 * client and MineralTree, whose JSON is looked at as it stands; and back. A field that is declared has a row here, or this
 * does not compile.
 */
import assert from 'node:assert/strict';
import type { BillFieldName, BillLevel } from '../../../src/domain/billFields.ts';
import type { Stage } from '../../quickbooks/stage.ts';
import { FILE, staged } from '../../quickbooks/stage.ts';
import { Both } from './bothLedgers.ts';
import { TextsOfBill } from './textsOfBill.ts';
import { World } from './world.ts';

interface Row {
  /** The element in QuickBooks, and the place in MineralTree's JSON, of the bill or of its one line of that kind. */
  readonly quickBooks: string;
  readonly mineralTree: string;
  /** A text, and another one. */
  readonly texts: readonly [string, string];
  /** Whether QuickBooks takes it from MineralTree. */
  readonly posted: boolean;
}

const ROWS: { readonly [L in BillLevel]: { readonly [F in BillFieldName<L>]: Row } } = {
  header: {
    memo: { quickBooks: 'Memo', mineralTree: 'memo', texts: ['Fit-out, May', 'Fit-out & paint'], posted: true },
  },
  expenseLine: {
    memo: { quickBooks: 'Memo', mineralTree: 'memo', texts: ['Lager, Süd', 'two <rooms>'], posted: true },
  },
  itemLine: {
    memo: { quickBooks: 'Desc', mineralTree: 'description', texts: ['first hour', 'by the hour'], posted: true },
    unitOfMeasure: {
      quickBooks: 'UnitOfMeasure',
      mineralTree: 'quantity.fieldOfMeasure',
      texts: ['box', 'hr'],
      posted: false,
    },
  },
};

const table = Object.entries(ROWS).flatMap(([level, rows]) =>
  Object.entries(rows).map(([name, row]) => ({ level: level as BillLevel, name, row })),
);
const ABSENT: readonly unknown[] = [undefined, null, ''];

const both = (story: (run: Both, stage: Stage) => Promise<void>) =>
  staged(async (stage) => story(new Both(await World.create(), { ...stage, file: FILE }), stage));

describe('a field of a bill that is carried as it stands', function () {
  this.timeout(120_000);

  for (const { level, name, row } of table) {
    const [text, another] = row.texts;

    it(
      `${level} ${name}: ${text} of ${row.quickBooks} stands in ${row.mineralTree}, and is emptied with it`,
      both(async (run, stage) => {
        const texts = new TextsOfBill(run, stage, level, row);
        await run.settle();
        const txnId = await texts.entered(text);
        await run.cycle();
        assert.equal(await texts.inMineralTree(txnId), text);

        await texts.edited(txnId, another);
        await run.cycle();
        assert.equal(await texts.inMineralTree(txnId), another);

        await texts.edited(txnId, '');
        await run.cycle();
        assert.ok(ABSENT.includes(await texts.inMineralTree(txnId)));
        assert.deepEqual(await run.world.problems(), ['dateDrivenTerms']);
      }),
    );

    it(
      `${level} ${name}: on a bill born in MineralTree it ${row.posted ? 'goes to QuickBooks' : 'stays there as entered'}`,
      both(async (run, stage) => {
        const texts = new TextsOfBill(run, stage, level, row);
        const held = async (mtId: string) => ({
          mineralTree: await texts.ofInvoice(mtId),
          quickBooks: await texts.ofBill(mtId),
        });
        await run.settle();
        const mtId = await texts.approved(text);
        await run.cycle();
        assert.deepEqual(await held(mtId), { mineralTree: text, quickBooks: row.posted ? text : undefined });

        await texts.dueLater(mtId, '2026-06-30');
        const echo = await run.cycle();
        assert.equal(await texts.dueInMineralTree(mtId), '2026-06-30');
        assert.deepEqual(await held(mtId), { mineralTree: text, quickBooks: row.posted ? text : undefined });
        assert.deepEqual(echo.batches, []);

        await texts.rewritten(mtId, another);
        const { batches } = await run.cycle();
        assert.deepEqual(
          batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
          row.posted ? ['BillMod'] : [],
        );
        assert.deepEqual(await held(mtId), { mineralTree: another, quickBooks: row.posted ? another : undefined });
        assert.deepEqual((await run.cycle()).batches, []);
        assert.deepEqual(await run.world.problems(), ['dateDrivenTerms']);
      }),
    );
  }
});
