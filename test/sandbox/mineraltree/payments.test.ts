import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { effectOf, PAID_FOR_EXPORT, PAYMENT_STATUSES } from '../../../src/sandbox/mineraltree/paymentStatus.ts';
import { cents, type Json, type Payables, pick, type Running, rows, startSandbox, withPayables } from './sandbox.ts';

describe('a person pays in MineralTree', () => {
  let mt: Running;
  let books: Payables;
  before(async () => {
    mt = await startSandbox();
    books = await withPayables(mt);
  });
  after(() => mt.stop());

  const refusal = (move: string, body: object) =>
    mt.request('POST', `/people/${move}`, { company: mt.company, ...body });
  /** Moves one after another on a payment that was just queued. */
  const led = async (payment: Json | undefined, ...moves: readonly (string | readonly [string, object])[]) => {
    let last: Json | undefined = payment;
    for (const move of moves) {
      const [name, members] = typeof move === 'string' ? [move, {}] : move;
      last = await mt.person(name, { payment: payment?.id, ...members });
    }
    return last;
  };
  const acknowledge = (payment: Json | undefined, externalId: string) =>
    mt.api('PUT', '/payment', { payment: { id: payment?.id, externalId } });

  const ways: readonly [
    name: string,
    fund: string,
    moves: Parameters<typeof led>[1][],
    status: number,
    words: string,
    state: string,
  ][] = [
    ['is queued and not yet submitted', 'CHECK', [['set-status', { status: 6000 }]], 6000, 'Queued', 'PendingSettled'],
    [
      'is submitted',
      'CHECK',
      [['set-status', { status: 6000 }], 'submit-payment'],
      10,
      'Awaiting Approval',
      'PendingSettled',
    ],
    ['is approved', 'CHECK', ['approve-payment'], 1000, 'Scheduled', 'PendingSettled'],
    ['is rejected', 'CHECK', ['reject'], 30, 'Rejected', 'Open'],
    ['is recalled', 'CHECK', ['approve-payment', 'recall'], 13, 'Recalled', 'Open'],
    ['fails', 'CHECK', ['approve-payment', 'fail'], 3000, 'Failed', 'Open'],
    ['is held', 'CHECK', ['approve-payment', 'hold'], 20, 'On Hold', 'PendingSettled'],
    ['is held and released', 'CHECK', ['approve-payment', 'hold', 'release'], 1000, 'Scheduled', 'PendingSettled'],
    ['is held before approval and released', 'CHECK', ['hold', 'release'], 10, 'Awaiting Approval', 'PendingSettled'],
    ['goes out as a check', 'CHECK', ['approve-payment', 'process'], 1010, 'Paid', 'Settled'],
    [
      'goes out as a check: issued',
      'CHECK',
      ['approve-payment', ['process', { step: 'issued' }]],
      1050,
      'Paid',
      'Settled',
    ],
    [
      'goes out as a check: printed',
      'CHECK',
      ['approve-payment', ['process', { step: 'printed' }]],
      1060,
      'Paid',
      'Settled',
    ],
    [
      'goes out as a check: printed, mailed',
      'CHECK',
      ['approve-payment', ['process', { step: 'printed' }], ['process', { step: 'mailed' }]],
      1090,
      'Paid',
      'Settled',
    ],
    [
      'goes out as a check: mailed, paid',
      'CHECK',
      ['approve-payment', ['process', { step: 'mailed' }], 'process'],
      1010,
      'Paid',
      'Settled',
    ],
    ['goes out by ACH', 'ACH', ['approve-payment', 'process'], 1010, 'Paid', 'Settled'],
    ['goes out by virtual card', 'VCARD', ['approve-payment', 'process'], 1010, 'Paid', 'Settled'],
    ['goes out by wire', 'WIRE', ['approve-payment', 'process'], 1010, 'Paid', 'Settled'],
    ['comes back by ACH', 'ACH', ['approve-payment', 'process', 'ach-return'], 1080, 'ACH Returned', 'Open'],
    [
      'is a check that is cancelled',
      'CHECK',
      ['approve-payment', 'process', 'cancel-check'],
      1100,
      'Check Canceled',
      'Open',
    ],
    ['is voided', 'CHECK', ['approve-payment', 'process', 'void-payment'], 2000, 'Voided', 'Open'],
    [
      'is a manual check',
      'CHECK',
      [['manual-check', { checkNumber: 77 }], 'approve-payment', 'mark-as-paid'],
      1070,
      'Paid',
      'Settled',
    ],
    [
      'is a manual check not yet marked',
      'CHECK',
      ['manual-check', 'approve-payment'],
      1000,
      'Scheduled',
      'PendingSettled',
    ],
    ['is a manual card', 'CREDITCARD', ['manual-card', 'approve-payment', 'mark-as-paid'], 1110, 'Paid', 'Settled'],
    [
      'is paid on the biller portal',
      'BILLPAY',
      ['biller-portal', 'approve-payment', 'mark-as-paid'],
      1120,
      'Paid',
      'Settled',
    ],
  ];
  for (const [name, fundMethod, moves, status, words, state] of ways)
    it(`a payment that ${name}: ${status} ${words}, the invoice ${state}`, async () => {
      const bill = await books.bill(10000);
      const payment = await led(await books.queue([bill], { fundMethod }), ...moves);
      assert.deepEqual(pick(payment, 'status', 'words'), { status, words });
      assert.deepEqual(await books.standing(bill), [state === 'Settled' ? 0 : 10000, state]);
      const { json } = await mt.api('GET', `/payment/${payment?.id}`);
      assert.deepEqual(pick(json, 'status', 'externalId', 'amount'), {
        status,
        externalId: null,
        amount: cents(10000),
      });
    });

  it('every status of the API guide is reached, and books and bill follow', async () => {
    assert.ok(PAID_FOR_EXPORT.every((status) => effectOf(status) === 'applied'));
    const bill = await books.bill(10000);
    const payment = await books.queue([bill]);
    for (const [status, { words, effect }] of PAYMENT_STATUSES) {
      const moved = await mt.person('set-status', { payment: payment.id, status });
      assert.deepEqual(pick(moved, 'status', 'words', 'effect'), { status, words, effect });
      const expected = { pending: [10000, 'PendingSettled'], applied: [0, 'Settled'], none: [10000, 'Open'] }[effect];
      assert.deepEqual(await books.standing(bill), expected, `status ${status}`);
    }
    const unknown = await refusal('set-status', { payment: payment.id, status: 1020 });
    assert.deepEqual([unknown.status, /has to be one of 1, 10, 13/.test(unknown.text)], [400, true]);
  });

  it('two approve where the company has it so', async () => {
    await mt.person('company-settings', { paymentApprovals: 2 });
    const payment = await books.queue([await books.bill(100)]);
    assert.equal((await led(payment, 'approve-payment'))?.status, 900);
    assert.equal((await led(payment, 'approve-payment'))?.status, 1000);
    await mt.person('company-settings', { paymentApprovals: 1 });
  });

  it('invoices of one vendor are one payment, unless grouping is off for the vendor; each vendor has its own', async () => {
    const other = await mt.api('POST', `/vendor/${mt.company}`, { vendor: { externalId: 'V-5', name: 'Contoso' } });
    const vendor = { vendor: { id: other.json.id } };
    const bills = [
      await books.bill(100),
      await books.bill(200),
      await books.bill(300, vendor),
      await books.bill(400, vendor),
    ];
    const queued = async () => {
      const { payments } = await mt.person('queue-payment', {
        bills: bills.map((bill) => ({ bill })),
        paymentMethod: 'Checking',
        fundMethod: 'ACH',
      });
      const listed = rows(payments);
      for (const { id } of listed) await mt.person('recall', { payment: id });
      return listed.map(({ amountCents, vendor: named }) => [amountCents, named?.name]);
    };
    assert.deepEqual(await queued(), [
      [300, 'Northwind'],
      [700, 'Contoso'],
    ]);
    await mt.person('edit-vendor', { vendor: 'Contoso', grouping: false });
    assert.deepEqual(await queued(), [
      [300, 'Northwind'],
      [300, 'Contoso'],
      [400, 'Contoso'],
    ]);
  });

  it('part of an invoice, then the rest, and no more', async () => {
    const bill = await books.bill(10000);
    const first = await books.queue([{ bill, amount: '60.00' }]);
    const rest = await books.queue([bill]);
    assert.deepEqual([first.amountCents, rest.amountCents], [6000, 4000]);
    assert.match((await refusal('queue-payment', queueing(bill))).text, /waits in another payment/);
    await led(first, 'approve-payment', 'process');
    assert.deepEqual(await books.standing(bill), [4000, 'PendingSettled']);
    await led(rest, 'recall');
    assert.deepEqual(await books.standing(bill), [4000, 'Open']);
  });

  it('checks take the next number of their account, ACH a trace of fifteen digits, unless given', async () => {
    const first = await books.pay([await books.bill(100)]);
    const second = await books.pay([await books.bill(100)]);
    assert.equal(Number(second.checkNumber), Number(first.checkNumber) + 1);
    assert.equal(String(second.sequenceText), String(second.checkNumber));
    const ach = await books.pay([await books.bill(100)], { fundMethod: 'ACH' });
    assert.match(String(ach.sequenceText), /^\d{15}$/);
    assert.equal(ach.checkNumber, undefined);
    const typed = await led(
      await books.queue([await books.bill(100)]),
      'approve-payment',
      ['schedule', { date: '2026-03-25' }],
      ['process', { checkNumber: 5000, sequenceText: 'B-5000' }],
    );
    assert.deepEqual(pick(typed, 'checkNumber', 'sequenceText', 'transactionDate'), {
      checkNumber: 5000,
      sequenceText: 'B-5000',
      transactionDate: '2026-03-25',
    });
  });

  it('the ledger finds what is to post, posts it and fills the externalId in; a CREDIT payment is told by its fund method', async () => {
    const bill = await books.bill(10000);
    await books.apply(bill, await books.credit(1000), 1000);
    const payment = await books.pay([bill]);
    const toPost = async () => {
      const query = "payment_externalId=='';payment_status=in=(1010,1070,1110,1120);modified>2020-01-01";
      const { json } = await mt.api('POST', `/search/${mt.company}/objects`, { view: 'PAYMENT', query });
      return rows(json.entities).filter(({ bills }) => rows(bills).some(({ id }) => String(id) === bill));
    };
    assert.deepEqual((await toPost()).map(({ fundMethod }) => String(fundMethod?.type)).sort(), ['CHECK', 'CREDIT']);
    const before = payment.modified;
    const { json } = await acknowledge(payment, 'BPC-1');
    assert.deepEqual(pick(json, 'externalId', 'status', 'amount'), {
      externalId: 'BPC-1',
      status: 1010,
      amount: cents(9000),
    });
    assert.ok(String(json.modified) > String(before));
    assert.deepEqual(
      (await toPost()).map(({ fundMethod }) => fundMethod?.type),
      ['CREDIT'],
    );
    assert.match((await acknowledge(payment, 'BPC-2')).text, /payment\.externalId: cannot be updated/);
    assert.match((await acknowledge(await books.pay([await books.bill(5)]), 'BPC-1')).text, /belongs to/);
  });

  it('what was made and taken back can still be acknowledged; what was never made cannot', async () => {
    const made = await books.pay([await books.bill(100)]);
    await led(made, 'void-payment');
    assert.equal((await acknowledge(made, 'BPC-BACK')).status, 200);
    const queued = await books.queue([await books.bill(100)]);
    assert.match((await acknowledge(queued, 'BPC-NEVER')).text, /the payment is not made \(Awaiting Approval\)/);
  });

  it('of a payment that MineralTree made the API writes nothing else; the whole record sent back is no change', async () => {
    const payment = await books.pay([await books.bill(100)]);
    const { json } = await mt.api('GET', `/payment/${payment.id}`);
    const put = (members: object) => mt.api('PUT', '/payment', { payment: members });
    assert.equal((await put(json)).status, 200);
    for (const [name, value] of Object.entries({
      checkNumber: 1,
      amount: cents(1),
      transactionDate: '2020-01-01',
      sequenceText: null,
    }))
      assert.match(
        (await put({ id: payment.id, [name]: value })).text,
        new RegExp(`payment\\.${name}: the payment was made in MineralTree`),
      );
  });

  it('an invoice that was settled in the ledger while its payment was on its way is overpaid, not below zero', async () => {
    const bill = await books.bill(10000);
    const payment = await led(await books.queue([bill]), 'approve-payment');
    await mt.api('POST', `/payment/${mt.company}`, {
      payment: {
        transactionDate: '2026-03-21',
        bills: [{ id: bill, appliedPaymentAmount: cents(10000) }],
        fundMethod: { type: 'CHECK' },
      },
    });
    assert.deepEqual(await books.standing(bill), [0, 'Settled']);
    await led(payment, 'process');
    const found = rows((await mt.books()).bills).find(({ id }) => String(id) === bill);
    assert.deepEqual(pick(found, 'balanceCents', 'overpaidCents', 'paymentsCents', 'state'), {
      balanceCents: 0,
      overpaidCents: 10000,
      paymentsCents: 20000,
      state: 'Settled',
    });
    await led(payment, 'void-payment');
    assert.deepEqual(await books.standing(bill), [0, 'Settled'], "the ledger's payment stands");
  });

  it('a voided invoice whose payment goes out stays void, and owes what is right when it is opened again', async () => {
    const bill = await books.bill(10000);
    const payment = await led(await books.queue([{ bill, amount: '40.00' }]), 'approve-payment');
    await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, state: 'Voided' } });
    await led(payment, 'process');
    assert.deepEqual(await books.standing(bill), [0, 'Voided']);
    await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, state: 'Open' } });
    assert.deepEqual(await books.standing(bill), [6000, 'Open']);
  });

  const queueing = (bill: string | Json | undefined, members: object = {}) => ({
    bills: [{ bill }],
    paymentMethod: 'Checking',
    fundMethod: 'CHECK',
    ...members,
  });
  const refusals: readonly [
    name: string,
    attempt: () => Promise<[move: string, body: object]>,
    status: number,
    words: RegExp,
  ][] = [
    [
      'an invoice that is not in the ledger yet',
      async () => {
        const bill = await mt.person('enter-invoice', {
          vendor: 'Northwind',
          transactionDate: '2026-03-01',
          term: 'Net 30',
          amount: '5.00',
          expenses: [{ glAccount: 'Rent', amount: '5.00' }],
        });
        await mt.person('post', { bill: bill.id });
        return ['queue-payment', queueing(bill.id)];
      },
      422,
      /\(Awaiting Sync\) has to be posted to the ledger before it can be paid/,
    ],
    [
      'an invoice that is paid',
      async () => ['queue-payment', queueing(await books.bill(100, { balance: cents(0) }))],
      422,
      /\(Paid\) cannot be paid/,
    ],
    [
      'a voided invoice',
      async () => ['queue-payment', queueing(await books.bill(100, { state: 'Voided' }))],
      422,
      /\(Voided\) cannot be paid/,
    ],
    [
      'more than is open',
      async () => ['queue-payment', queueing('', { bills: [{ bill: await books.bill(100), amount: '1.01' }] })],
      422,
      /has 1\.00 open, less than that/,
    ],
    [
      'an amount of nothing',
      async () => ['queue-payment', queueing('', { bills: [{ bill: 'x', amount: '0.00' }] })],
      400,
      /not an amount above zero/,
    ],
    [
      'an account that is not there',
      async () => ['queue-payment', queueing(await books.bill(100), { paymentMethod: 'Savings' })],
      400,
      /no account .*Savings.* to pay from/,
    ],
    [
      'a locked account',
      async () => {
        await mt.api('POST', `/pm/${mt.company}`, {
          paymentMethod: { externalId: 'B-2', type: 'ACH', status: 'Locked', bankAccount: { name: 'Old' } },
        });
        return ['queue-payment', queueing(await books.bill(100), { paymentMethod: 'Old' })];
      },
      422,
      /the account Old is locked/,
    ],
    [
      '501 invoices',
      async () => ['queue-payment', queueing('', { bills: Array.from({ length: 501 }, () => ({ bill: 'x' })) })],
      400,
      /at most 500 invoices/,
    ],
    [
      'the fund method CREDIT',
      async () => ['queue-payment', queueing('x', { fundMethod: 'CREDIT' })],
      400,
      /fundMethod/,
    ],
    ['a payment that is not there', async () => ['hold', { payment: 'nobody' }], 404, /has no payment nobody/],
    [
      'making what is not approved',
      async () => ['process', { payment: (await books.queue([await books.bill(1)])).id }],
      422,
      /\(Awaiting Approval\) cannot be processed/,
    ],
    [
      'voiding what was not made',
      async () => ['void-payment', { payment: (await books.queue([await books.bill(1)])).id }],
      422,
      /was not made, so it cannot be voided/,
    ],
    [
      'recalling what was made',
      async () => ['recall', { payment: (await books.pay([await books.bill(1)])).id }],
      422,
      /\(Paid\) cannot be recalled any more/,
    ],
    [
      'the ACH return of a check',
      async () => ['ach-return', { payment: (await books.pay([await books.bill(1)])).id }],
      422,
      /is no ACH payment/,
    ],
    [
      'cancelling an ACH payment as a check',
      async () => ['cancel-check', { payment: (await books.pay([await books.bill(1)], { fundMethod: 'ACH' })).id }],
      422,
      /is no check/,
    ],
    [
      'a manual check without its number',
      async () => {
        const payment = await led(await books.queue([await books.bill(1)]), 'manual-check', 'approve-payment');
        return ['mark-as-paid', { payment: payment?.id }];
      },
      422,
      /needs its number first.*payment: Check Number/,
    ],
    [
      'making a manual payment',
      async () => [
        'process',
        { payment: (await led(await books.queue([await books.bill(1)]), 'manual-card', 'approve-payment'))?.id },
      ],
      422,
      /is a manual one: mark it as paid/,
    ],
    [
      'taking a credit back as if it were a payment',
      async () => {
        await books.apply(await books.bill(10), await books.credit(10), 10);
        const credit = rows((await mt.books()).payments).find(({ origin }) => String(origin) === 'credit');
        return ['void-payment', { payment: credit?.id }];
      },
      422,
      /stands for a credit: the ledger takes it back/,
    ],
    [
      'deleting an invoice that waits in a payment',
      async () => {
        const bill = await books.bill(100);
        await books.queue([bill]);
        return ['delete-invoice', { bill }];
      },
      422,
      /has a payment or credit and cannot be deleted/,
    ],
    [
      'editing an invoice that waits in a payment',
      async () => {
        const bill = await books.bill(100);
        await books.queue([bill]);
        return ['edit-invoice', { bill, memo: 'late' }];
      },
      422,
      /\(Payment Pending\) cannot be edited/,
    ],
  ];
  for (const [name, attempt, status, words] of refusals)
    it(`refuses ${name}`, async () => {
      const [move, body] = await attempt();
      const answer = await refusal(move, body);
      assert.equal(answer.status, status, answer.text);
      assert.match(answer.text, words);
    });

  it('a closed period refuses posting and editing for dates in it until it is opened', async () => {
    const bill = await books.bill(100, { transactionDate: '2026-01-15' });
    const closed = await mt.person('close-period', { ended: '2026-01-31' });
    assert.deepEqual(pick(closed, 'name', 'started', 'ended', 'closed', 'createdBy'), {
      name: 'Books closed',
      started: '1900-01-01',
      ended: '2026-01-31',
      closed: true,
      createdBy: 'person',
    });
    await books.pay([bill], { date: '2026-01-20' });
    const later = await books.bill(100, { transactionDate: '2026-01-15' });
    assert.equal((await refusal('edit-invoice', { bill: later, transactionDate: '2026-02-01' })).status, 422);
    await mt.person('close-period', { ended: '2026-01-10' });
    assert.equal(rows((await mt.books()).accountingPeriods).length, 1);
    assert.equal((await refusal('close-period', { ended: '1899-01-01' })).status, 400);
    assert.equal((await mt.person('open-period', {})).closed, false);
    assert.equal((await refusal('open-period', { name: 'Q9' })).status, 404);
  });

  it('all of it stands after a restart', async () => {
    const before = await mt.books();
    await mt.restart();
    assert.deepEqual(await mt.books(), before);
  });
});
