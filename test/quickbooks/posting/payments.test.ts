/** Posting payments, terms and voids to the real sandbox, through a real host process: money is booked once. */
import assert from 'node:assert/strict';
import type { Outcome, Posting } from '../../../src/contract/index.ts';
import { SiteTrouble } from '../../../src/quickbooks/index.ts';
import { billAdd, cardAdd, checkAdd, paymentVoid, termsAdd } from '../postings.ts';
import { FILE, type Stage, staged } from '../stage.ts';

const RECOVERY = ['full', 'errorRecoveryOnly', 'absent'] as const;
const told = (outcome: Outcome): string =>
  outcome.kind === 'posted'
    ? `posted ${outcome.how}`
    : outcome.kind === 'refused'
      ? `refused ${outcome.code}`
      : outcome.kind;
const kinds = (outcomes: readonly Outcome[]): string[] => outcomes.map((outcome) => told(outcome));
const lost = (error: unknown) => error instanceof SiteTrouble && error.kind === 'unknown';

/** A bill of 100.00, or as told. */
const bill = async (stage: Stage, refNumber: string, amount = '100.00'): Promise<string> =>
  String(
    (
      await stage.person('enter-bill', {
        vendor: 'Acorn Tools',
        refNumber,
        txnDate: '2026-11-02',
        expenseLines: [{ account: 'Rent', amount }],
      })
    ).id,
  );
const whole = (txnId: string) => ({ txnId, amountCents: 10_000 });
const openOf = async (stage: Stage, txnId: string): Promise<number | undefined> =>
  (await stage.books()).bills.find(({ id }) => id === txnId)?.openCents;
const payment = ([outcome]: readonly Outcome[]) => (outcome?.kind === 'posted' ? outcome.payment : undefined);
/** Takes the marker as written, so that calls can be counted. */
const marked = async (stage: Stage): Promise<void> => {
  await stage.post([billAdd(await stage.books(), { id: 'MARK', refNumber: 'MARK' })]);
};

describe('posting payments', () => {
  it(
    'a check with a discount closes its bill, from its account, with its number; the answer has it whole',
    staged(async (stage) => {
      await stage.person('add-account', { name: 'Discounts Taken', type: 'Income' });
      const paid = await bill(stage, 'P-1');
      const { outcomes } = await stage.post([
        checkAdd(await stage.books(), {
          id: 'P1',
          refNumber: '2001',
          bills: [{ txnId: paid, amountCents: 9_800, discountCents: 200 }],
        }),
      ]);
      assert.deepEqual(kinds(outcomes), ['posted sent']);
      const posted = payment(outcomes);
      assert.deepEqual(
        [posted?.method, posted?.account.name, posted?.refNumber, posted?.txnDate, posted?.amountCents],
        ['check', 'Checking', '2001', '2026-11-05', 9_800],
      );
      assert.deepEqual(
        posted?.applications.map(({ txnId, amountCents, discountCents, discountAccount }) => [
          txnId,
          amountCents,
          discountCents,
          discountAccount?.name,
        ]),
        [[paid, 9_800, 200, 'Discounts Taken']],
      );
      assert.equal(await openOf(stage, paid), 0);
    }),
  );

  it(
    'a payment by card is booked on the card',
    staged(async (stage) => {
      const paid = await bill(stage, 'P-2');
      const { outcomes } = await stage.post([cardAdd(await stage.books(), { id: 'P2', bills: [whole(paid)] })]);
      assert.deepEqual([payment(outcomes)?.method, payment(outcomes)?.account.name], ['creditCard', 'Company Card']);
    }),
  );

  it(
    'a batch of k payments asks QuickBooks at most k + 3 times',
    staged(async (stage) => {
      await marked(stage);
      const k = 6;
      const bills: string[] = [];
      for (let at = 0; at < k; at += 1) bills.push(await bill(stage, `K-${at}`));
      const books = await stage.books();
      const before = stage.calls();
      const { outcomes } = await stage.post(
        bills.map((txnId, at) => checkAdd(books, { id: `K${at}`, refNumber: `30${at}`, bills: [whole(txnId)] })),
      );
      assert.deepEqual(new Set(kinds(outcomes)), new Set(['posted sent']));
      assert.ok(stage.calls() - before <= k + 3, `${stage.calls() - before} calls`);
    }),
  );

  it(
    'a bill that was paid in QuickBooks meanwhile is not paid twice, and both amounts are told',
    staged(async (stage) => {
      const paid = await bill(stage, 'P-3');
      await stage.person('pay-bills', {
        bills: [{ txnId: paid, amount: '60.00' }],
        account: 'Checking',
        method: 'check',
        date: '2026-11-04',
        refNumber: '9',
      });
      const { outcomes } = await stage.post([
        checkAdd(await stage.books(), { id: 'P3', refNumber: '2003', bills: [whole(paid)] }),
      ]);
      assert.deepEqual(kinds(outcomes), ['refused balanceDiffers']);
      assert.match(outcomes[0]?.kind === 'refused' ? outcomes[0].text : '', /40\.00 is open .* 100\.00 was to be paid/);
      assert.equal(await openOf(stage, paid), 4_000);
    }),
  );

  it(
    'two payments of one bill in a batch: the second goes only where the first has left enough',
    staged(async (stage) => {
      const paid = await bill(stage, 'P-4');
      const books = await stage.books();
      const part = (id: string, refNumber: string, amountCents: number) =>
        checkAdd(books, { id, refNumber, bills: [{ txnId: paid, amountCents }] });
      const { outcomes } = await stage.post([part('P4', '1', 6_000), part('P5', '2', 6_000), part('P6', '3', 4_000)]);
      assert.deepEqual(kinds(outcomes), ['posted sent', 'refused balanceDiffers', 'posted sent']);
      assert.equal(await openOf(stage, paid), 0);
    }),
  );

  it(
    'the check of somebody else with the same account, number, date and amount is named, and nothing sent',
    staged(async (stage) => {
      const [one, two] = [await bill(stage, 'P-7'), await bill(stage, 'P-8')];
      await stage.person('pay-bills', {
        bills: [{ txnId: one }],
        account: 'Checking',
        method: 'check',
        date: '2026-11-05',
        refNumber: '2007',
      });
      const { outcomes } = await stage.post([
        checkAdd(await stage.books(), { id: 'P7', refNumber: '2007', bills: [whole(two)] }),
      ]);
      const [other] = (await stage.books()).payments.filter(({ refNumber }) => refNumber === '2007');
      assert.ok(outcomes[0]?.kind === 'refused' && outcomes[0].code === 'duplicateNumber', JSON.stringify(outcomes));
      assert.equal(outcomes[0].otherTxnId, other?.id);
    }),
  );

  it(
    'a payment without a number that resembles another is posted with a warning',
    staged(async (stage) => {
      const [one, two] = [await bill(stage, 'P-9'), await bill(stage, 'P-10')];
      await stage.post([cardAdd(await stage.books(), { id: 'P9', bills: [whole(one)] })]);
      const { outcomes, warnings } = await stage.post([
        cardAdd(await stage.books(), { id: 'P10', bills: [whole(two)] }),
      ]);
      assert.deepEqual(kinds(outcomes), ['posted sent']);
      assert.deepEqual(
        warnings.map(({ messageSetId }) => messageSetId),
        ['P10'],
      );
    }),
  );

  it(
    'the date of the payment is closed up to the closing date, whatever the date of the bill',
    staged(async (stage) => {
      const [one, two] = [await bill(stage, 'C-1'), await bill(stage, 'C-2')];
      await stage.person('set-closing-date', { date: '2026-11-03' });
      const books = await stage.books();
      const { outcomes } = await stage.post([
        checkAdd(books, { id: 'C1', refNumber: '1', txnDate: '2026-11-03', bills: [whole(one)] }),
        checkAdd(books, { id: 'C2', refNumber: '2', txnDate: '2026-11-04', bills: [whole(two)] }),
      ]);
      assert.deepEqual(kinds(outcomes), ['refused closedPeriod', 'posted sent']);
    }),
  );
});

describe('an answer about money that was lost', () => {
  for (const recovery of RECOVERY) {
    const again = recovery === 'absent' ? 'posted foundByGuid' : 'posted storedAnswer';
    for (const [what, make] of [
      ['a check', checkAdd],
      ['a payment by card', cardAdd],
    ] as const)
      it(
        `${what} was booked: found on the next attempt, not booked again (recovery ${recovery})`,
        staged(async (stage) => {
          await stage.person('set-switch', { name: 'recovery', value: recovery });
          const paid = await bill(stage, 'L-1');
          const posting = make(await stage.books(), { id: 'L1', refNumber: '4001', bills: [whole(paid)] });
          await stage.fault({ point: 'committed', match: { file: FILE, request: posting.kind }, action: 'drop' });
          await assert.rejects(stage.post([posting]), lost);
          const { outcomes } = await stage.post([posting], { settleFirst: true });
          assert.deepEqual(kinds(outcomes), [again]);
          assert.deepEqual(
            payment(outcomes)?.applications.map(({ txnId }) => txnId),
            [paid],
          );
          assert.equal((await stage.books()).payments.filter(({ refNumber }) => refNumber === '4001').length, 1);
        }),
      );

    it(
      `a check was not booked: the next attempt books it once (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const paid = await bill(stage, 'L-2');
        const posting = checkAdd(await stage.books(), { id: 'L2', refNumber: '4002', bills: [whole(paid)] });
        await stage.fault({ point: 'before', match: { file: FILE, request: posting.kind }, action: 'drop' });
        await assert.rejects(stage.post([posting]), lost);
        assert.deepEqual(kinds((await stage.post([posting], { settleFirst: true })).outcomes), ['posted sent']);
        assert.equal(await openOf(stage, paid), 0);
      }),
    );

    it(
      `a check to be printed, which has no number, is found by its date (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const posting = checkAdd(await stage.books(), { id: 'L3', bills: [whole(await bill(stage, 'L-3'))] });
        await stage.fault({ point: 'committed', match: { file: FILE, request: posting.kind }, action: 'drop' });
        await assert.rejects(stage.post([posting]), lost);
        assert.deepEqual(kinds((await stage.post([posting], { settleFirst: true })).outcomes), [again]);
      }),
    );

    it(
      `terms were entered: settled by their name, not entered again (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const posting = termsAdd('T1', { name: 'Net 37', dueDays: 37 });
        await stage.fault({ point: 'committed', match: { file: FILE, request: posting.kind }, action: 'drop' });
        await assert.rejects(stage.post([posting]), lost);
        const { outcomes } = await stage.post([posting], { settleFirst: true });
        assert.deepEqual(kinds(outcomes), [recovery === 'absent' ? 'posted foundByReading' : 'posted storedAnswer']);
        assert.equal(outcomes[0]?.kind === 'posted' && outcomes[0].terms?.name, 'Net 37');
        assert.equal((await stage.books()).terms.filter(({ name }) => name === 'Net 37').length, 1);
      }),
    );

    it(
      `a payment was voided: it reads as nothing, and is not voided again (recovery ${recovery})`,
      staged(async (stage) => {
        await stage.person('set-switch', { name: 'recovery', value: recovery });
        const paid = await bill(stage, 'V-1');
        const posted = payment(
          (await stage.post([checkAdd(await stage.books(), { id: 'V0', refNumber: '5', bills: [whole(paid)] })]))
            .outcomes,
        );
        assert.ok(posted !== undefined);
        const posting = paymentVoid('V1', { txnId: posted.id, txnDate: posted.txnDate, amountCents: 10_000 });
        await stage.fault({ point: 'committed', match: { file: FILE, request: 'TxnVoid' }, action: 'drop' });
        await assert.rejects(stage.post([posting], { allowVoids: true }), lost);
        const { outcomes } = await stage.post([posting], { allowVoids: true, settleFirst: true });
        assert.deepEqual(kinds(outcomes), [recovery === 'absent' ? 'posted foundByReading' : 'posted storedAnswer']);
        assert.equal(payment(outcomes)?.amountCents, 0);
        assert.equal(await openOf(stage, paid), 10_000);
      }),
    );
  }

  it(
    'a check that a person gave another number meanwhile is still ours',
    staged(async (stage) => {
      await stage.person('set-switch', { name: 'recovery', value: 'absent' });
      const posting = checkAdd(await stage.books(), {
        id: 'N1',
        refNumber: '4003',
        bills: [whole(await bill(stage, 'N-1'))],
      });
      await stage.fault({ point: 'committed', match: { file: FILE, request: posting.kind }, action: 'drop' });
      await assert.rejects(stage.post([posting]), lost);
      const booked = (await stage.books()).payments.find(({ refNumber }) => refNumber === '4003');
      stage.later();
      await stage.person('edit-payment', { txnId: booked?.id, refNumber: '4004' });
      assert.deepEqual(kinds((await stage.post([posting], { settleFirst: true })).outcomes), ['posted foundByGuid']);
    }),
  );
});

describe('posting terms', () => {
  it(
    'new ones are entered; those that are there are adopted where days and percent agree, else named',
    staged(async (stage) => {
      const { outcomes } = await stage.post([
        termsAdd('T2', { name: '1% 5 Net 20', dueDays: 20, discountDays: 5, discountPercent: { units: 1, scale: 0 } }),
        termsAdd('T3', {
          name: '2% 10 NET 30',
          dueDays: 30,
          discountDays: 10,
          discountPercent: { units: 200, scale: 2 },
        }),
        termsAdd('T4', { name: '2% 10 Net 30', dueDays: 45 }),
        termsAdd('T5', { name: '15th of month', dueDays: 15 }),
      ]);
      assert.deepEqual(kinds(outcomes), [
        'posted sent',
        'posted foundByReading',
        'refused termsTaken',
        'refused termsTaken',
      ]);
    }),
  );
});

describe('voiding a payment', () => {
  const paidBy = async (stage: Stage): Promise<{ readonly paid: string; readonly posting: Posting }> => {
    const paid = await bill(stage, 'V-2');
    const { outcomes } = await stage.post([
      checkAdd(await stage.books(), { id: 'V2', refNumber: '6', bills: [whole(paid)] }),
    ]);
    const posted = payment(outcomes);
    assert.ok(posted !== undefined);
    return { paid, posting: paymentVoid('V3', { txnId: posted.id, txnDate: posted.txnDate, amountCents: 10_000 }) };
  };

  it(
    'is refused where the site does not allow it, and done where it does',
    staged(async (stage) => {
      const { paid, posting } = await paidBy(stage);
      assert.deepEqual(kinds((await stage.post([posting])).outcomes), ['refused notAllowed']);
      assert.equal(await openOf(stage, paid), 0);
      const { outcomes } = await stage.post([posting], { allowVoids: true });
      assert.deepEqual(kinds(outcomes), ['posted sent']);
      assert.equal(payment(outcomes)?.amountCents, 0);
      assert.equal(await openOf(stage, paid), 10_000);
    }),
  );

  it(
    'is done where a person voided or deleted it before',
    staged(async (stage) => {
      const { posting } = await paidBy(stage);
      assert.ok(posting.kind === 'TxnVoid');
      await stage.person('void-payment', { txnId: posting.match.txnId });
      assert.deepEqual(kinds((await stage.post([posting], { allowVoids: true })).outcomes), ['posted foundByReading']);
      await stage.person('delete-payment', { txnId: posting.match.txnId });
      assert.deepEqual(kinds((await stage.post([posting], { allowVoids: true })).outcomes), ['posted foundByReading']);
    }),
  );

  it(
    'is refused in a closed period, and where the payment has another amount by now',
    staged(async (stage) => {
      const { posting } = await paidBy(stage);
      assert.ok(posting.kind === 'TxnVoid');
      const changed: Posting = { ...posting, match: { ...posting.match, amountCents: 9_000 } };
      assert.deepEqual(kinds((await stage.post([changed], { allowVoids: true })).outcomes), [
        'refused changedInQuickBooks',
      ]);
      await stage.person('set-closing-date', { date: '2026-11-30' });
      assert.deepEqual(kinds((await stage.post([posting], { allowVoids: true })).outcomes), ['refused closedPeriod']);
    }),
  );
});
