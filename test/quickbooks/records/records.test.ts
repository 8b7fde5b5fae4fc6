/** From answers of QuickBooks to records of the ledger: what is read, and what cannot be used. */
import assert from 'node:assert/strict';
import { decodeResponse, type ResponseMessage } from '../../../src/qbxml/index.ts';
import { KINDS } from '../../../src/quickbooks/kinds.ts';
import { highestSequence } from '../../../src/quickbooks/pull/page.ts';

const answer = (type: string, records: string): ResponseMessage => {
  const [response] = decodeResponse(
    `<?xml version="1.0"?><QBXML><QBXMLMsgsRs><${type}Rs statusCode="0" statusSeverity="Info" statusMessage="Status OK">${records}</${type}Rs></QBXMLMsgsRs></QBXML>`,
  ).responses;
  assert.ok(response !== undefined);
  return response;
};
const entry = (more: string, id = '80-1'): string =>
  `<ListID>${id}</ListID><EditSequence>1700000000</EditSequence>${more}`;
const BILL = `<TxnID>1-1</TxnID><EditSequence>1700000000</EditSequence><VendorRef><ListID>80-1</ListID><FullName>Acorn</FullName></VendorRef><TxnDate>2026-11-03</TxnDate>`;

describe('list entries', () => {
  it('without IsActive are active; empty fields are absent', () => {
    const { records } = KINDS.vendor.read(
      answer(
        'VendorQuery',
        `<VendorRet>${entry('<Name>Acorn</Name><Phone></Phone><VendorAddress><Addr1>Mill Road</Addr1><Addr3>rear</Addr3></VendorAddress>')}</VendorRet>`,
      ),
    );
    assert.deepEqual(records, [
      {
        id: '80-1',
        editSequence: '1700000000',
        active: true,
        name: 'Acorn',
        address: { lines: ['Mill Road', 'rear'] },
      },
    ]);
  });

  it('items of any kind come with their type, flat ones by their name', () => {
    const { records } = KINDS.item.read(
      answer(
        'ItemQuery',
        `<ItemServiceRet>${entry('<Name>Hour</Name><FullName>Work:Hour</FullName><SalesAndPurchase><PurchaseCost>12.50</PurchaseCost></SalesAndPurchase>')}</ItemServiceRet>` +
          `<ItemGroupRet>${entry('<Name>Kit</Name>', '80-2')}</ItemGroupRet>`,
      ),
    );
    assert.deepEqual(
      records.map(({ fullName, type, purchaseCost }) => [fullName, type, purchaseCost]),
      [
        ['Work:Hour', 'Service', { units: 1250, scale: 2 }],
        ['Kit', 'Group', undefined],
      ],
    );
  });

  it('terms are of two kinds; a discount of nothing is none', () => {
    const { records } = KINDS.terms.read(
      answer(
        'TermsQuery',
        `<StandardTermsRet>${entry('<Name>Net 30</Name><StdDueDays>30</StdDueDays><StdDiscountDays>0</StdDiscountDays><DiscountPct>0.00</DiscountPct>')}</StandardTermsRet>` +
          `<StandardTermsRet>${entry('<Name>2% 10</Name><StdDueDays>30</StdDueDays><StdDiscountDays>10</StdDiscountDays><DiscountPct>2.00</DiscountPct>', '80-2')}</StandardTermsRet>` +
          `<DateDrivenTermsRet>${entry('<Name>10th</Name><DayOfMonthDue>10</DayOfMonthDue>', '80-3')}</DateDrivenTermsRet>`,
      ),
    );
    assert.deepEqual(
      records.map(({ form }) => form),
      [
        { kind: 'standard', dueDays: 30 },
        { kind: 'standard', dueDays: 30, discountPercent: { units: 200, scale: 2 }, discountDays: 10 },
        { kind: 'dateDriven', dayOfMonthDue: 10 },
      ],
    );
  });
});

describe('bills', () => {
  it('have their lines by kind; groups are counted, and links keep their sign', () => {
    const { records } = KINDS.bill.read(
      answer(
        'BillQuery',
        `<BillRet>${BILL}<AmountDue>12.00</AmountDue><ExternalGUID>0</ExternalGUID>` +
          '<LinkedTxn><TxnID>9-1</TxnID><TxnType>VendorCredit</TxnType><TxnDate>2026-11-04</TxnDate><LinkType>AMTTYPE</LinkType><Amount>-2.00</Amount></LinkedTxn>' +
          '<ExpenseLineRet><TxnLineID>2-1</TxnLineID><Amount>2.00</Amount></ExpenseLineRet>' +
          '<ItemLineRet><TxnLineID>3-1</TxnLineID><ItemRef><ListID>81-1</ListID><FullName>Paper</FullName></ItemRef><Desc>white</Desc><Quantity>2.5</Quantity><Cost>4.00</Cost><Amount>10.00</Amount></ItemLineRet>' +
          '<ItemGroupLineRet><TxnLineID>4-1</TxnLineID><ItemGroupRef><ListID>82-1</ListID></ItemGroupRef><TotalAmount>0.00</TotalAmount></ItemGroupLineRet></BillRet>',
      ),
    );
    const [bill] = records;
    assert.equal(bill?.guid, undefined, '0 is no GUID');
    assert.deepEqual([bill?.links[0]?.amountCents, bill?.groupLines, bill?.amountDueCents], [-200, 1, 1_200]);
    assert.deepEqual(bill?.itemLines, [
      {
        lineId: '3-1',
        amountCents: 1_000,
        memo: 'white',
        item: { id: '81-1', name: 'Paper' },
        quantity: { units: 25, scale: 1 },
        cost: { units: 400, scale: 2 },
      },
    ]);
  });

  for (const [what, record, reason] of [
    ['an amount with three decimals', `${BILL}<AmountDue>1.234</AmountDue>`, /AmountDue.*1\.234/],
    ['no amount', BILL, /BillRet\/AmountDue is missing/],
    ['a date that does not exist', `${BILL.replace('2026-11-03', '2026-02-30')}<AmountDue>1.00</AmountDue>`, /TxnDate/],
    ['a memo without end', `${BILL}<AmountDue>1.00</AmountDue><Memo>${'x'.repeat(6_000)}</Memo>`, /memo has 6000/],
  ] as const)
    it(`with ${what} cannot be used, and is named; the others go on`, () => {
      const good = `${BILL.replace('1-1', '7-1')}<AmountDue>1.00</AmountDue>`;
      const read = KINDS.bill.read(answer('BillQuery', `<BillRet>${record}</BillRet><BillRet>${good}</BillRet>`));
      assert.deepEqual(
        read.records.map(({ id }) => id),
        ['7-1'],
      );
      assert.deepEqual(
        read.unreadable.map(({ kind, id }) => [kind, id]),
        [['bill', '1-1']],
      );
      assert.match(read.unreadable[0]?.reason ?? '', reason);
    });
});

const GUID = '{0b0e8a1c-0000-4000-8000-000000000001}';
const LINK = `<LinkedTxn><TxnID>2-1</TxnID><TxnType>Bill</TxnType><TxnDate>2026-11-02</TxnDate><LinkType>AMTTYPE</LinkType><Amount>-40.00</Amount></LinkedTxn>`;

describe('credits and payments', () => {
  it('a credit has what it was and the bills that it was applied to', () => {
    const { records } = KINDS.credit.read(
      answer(
        'VendorCreditQuery',
        `<VendorCreditRet>${BILL}<CreditAmount>100.00</CreditAmount><RefNumber>C-1</RefNumber>${LINK}</VendorCreditRet>`,
      ),
    );
    assert.deepEqual(records, [
      {
        id: '1-1',
        editSequence: '1700000000',
        vendor: { id: '80-1', name: 'Acorn' },
        txnDate: '2026-11-03',
        creditAmountCents: 10_000,
        refNumber: 'C-1',
        links: [{ txnId: '2-1', txnType: 'Bill', txnDate: '2026-11-02', amountCents: -4_000, linkType: 'AMTTYPE' }],
      },
    ]);
  });

  for (const [kind, element, account, method] of [
    ['checkPayment', 'BillPaymentCheck', 'BankAccountRef', 'check'],
    ['cardPayment', 'BillPaymentCreditCard', 'CreditCardAccountRef', 'creditCard'],
  ] as const) {
    const paid = (id: string) =>
      `<${element}Ret>${id}<EditSequence>1700000000</EditSequence><PayeeEntityRef><ListID>80-1</ListID><FullName>Acorn</FullName></PayeeEntityRef><TxnDate>2026-11-03</TxnDate><${account}><ListID>20-1</ListID><FullName>Checking</FullName></${account}><Amount>58.00</Amount><ExternalGUID>${GUID}</ExternalGUID><AppliedToTxnRet><TxnID>2-1</TxnID><TxnType>Bill</TxnType><Amount>58.00</Amount><DiscountAmount>2.00</DiscountAmount><DiscountAccountRef><ListID>30-1</ListID><FullName>Discounts</FullName></DiscountAccountRef></AppliedToTxnRet></${element}Ret>`;
    it(`a ${kind} has its account, and cash and discount of each bill`, () => {
      const { records } = KINDS[kind].read(answer(`${element}Query`, paid('<TxnID>3-1</TxnID>')));
      assert.deepEqual(records, [
        {
          id: '3-1',
          editSequence: '1700000000',
          method,
          vendor: { id: '80-1', name: 'Acorn' },
          account: { id: '20-1', name: 'Checking' },
          txnDate: '2026-11-03',
          amountCents: 5_800,
          guid: GUID,
          applications: [
            {
              txnId: '2-1',
              txnType: 'Bill',
              amountCents: 5_800,
              discountCents: 200,
              discountAccount: { id: '30-1', name: 'Discounts' },
            },
          ],
        },
      ]);
    });
    it(`a ${kind} without a TxnID is none`, () => {
      const read = KINDS[kind].read(answer(`${element}Query`, paid('')));
      assert.deepEqual(read, {
        records: [],
        unreadable: [{ kind, reason: `${element}Ret/TxnID is missing` }],
      });
    });
  }
});

describe('the watermark of a kind', () => {
  for (const [what, sequences, expected] of [
    ['nothing was read', [], 1_800_000_000],
    ['the highest of what was read', ['1700000000', '1700000005', '1699999999'], 1_700_000_005],
    ['never after the clock', ['1900000000'], 1_800_000_000],
    ['edit sequences that are no times', ['A1', '17'], 1_800_000_000],
  ] as const)
    it(`${what}: ${expected}`, () => {
      const highest = highestSequence();
      for (const sequence of sequences) highest.see(sequence);
      assert.equal(highest.watermark(1_800_000_000), expected);
    });
});
