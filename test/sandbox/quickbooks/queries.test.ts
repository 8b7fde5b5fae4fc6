import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type ResponseMessage, recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, openDesk, type Session } from './desk.ts';

const NOTHING = 'A query request did not find a matching object in QuickBooks';

describe('QuickBooks sandbox: queries', () => {
  let nowMs = Date.parse('2026-03-02T15:00:00Z');
  let desk: Desk;
  let qb: Session;
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
    qb = await desk.session();
  });
  after(() => desk.stop());

  const names = (answer: ResponseMessage): (string | undefined)[] =>
    answer.records.map(({ value }) =>
      'FullName' in value ? value.FullName : 'Name' in value ? value.Name : undefined,
    );
  const numbers = (answer: ResponseMessage): (string | undefined)[] =>
    recordsOf(answer, 'BillRet').map(({ RefNumber }) => RefNumber);
  const code = ({ status }: ResponseMessage): number => status.code;

  it('lists answer active entries only, unless asked for the others', async () => {
    await desk.move('add-vendor', { name: 'Zenith Idle' });
    await desk.move('make-inactive', { list: 'vendor', name: 'Zenith Idle' });
    const filter = (status: string): string =>
      `<VendorQueryRq>${status}<NameFilter><MatchCriterion>StartsWith</MatchCriterion><Name>z</Name></NameFilter></VendorQueryRq>`;
    assert.deepEqual((await qb.one(filter(''))).status, { code: 1, severity: 'Info', message: NOTHING });
    assert.equal(code(await qb.one(filter('<ActiveStatus>ActiveOnly</ActiveStatus>'))), 1);
    for (const status of ['All', 'InactiveOnly'])
      assert.deepEqual(names(await qb.one(filter(`<ActiveStatus>${status}</ActiveStatus>`))), ['Zenith Idle']);
  });

  const byName: readonly [what: string, filter: string, found: readonly string[]][] = [
    [
      'beginning',
      '<NameFilter><MatchCriterion>StartsWith</MatchCriterion><Name>acorn p</Name></NameFilter>',
      ['Acorn Paper', 'Acorn Plumbing', 'Acorn Print', 'Acorn Paint'],
    ],
    ['end', '<NameFilter><MatchCriterion>EndsWith</MatchCriterion><Name>TOOLS</Name></NameFilter>', ['Acorn Tools']],
    ['part', '<NameFilter><MatchCriterion>Contains</MatchCriterion><Name>pap</Name></NameFilter>', ['Acorn Paper']],
    [
      'range',
      '<NameRangeFilter><FromName>Acorn Pr</FromName><ToName>Acorn S</ToName></NameRangeFilter>',
      ['Acorn Supply', 'Acorn Print'],
    ],
    ['full name, in any letter case', '<FullName>ACORN PAPER</FullName>', ['Acorn Paper']],
  ];
  for (const [what, filter, found] of byName)
    it(`vendors are found by ${what}`, async () => {
      assert.deepEqual(names(await qb.one(`<VendorQueryRq>${filter}</VendorQueryRq>`)), found);
    });

  it('MaxReturned cuts a list that has no iterator', async () => {
    assert.equal((await qb.one('<AccountQueryRq><MaxReturned>3</MaxReturned></AccountQueryRq>')).records.length, 3);
  });

  it('accounts are found by type, with full names and balances of those below', async () => {
    const answer = await qb.one('<AccountQueryRq><AccountType>Expense</AccountType></AccountQueryRq>');
    const accounts = recordsOf(answer, 'AccountRet');
    assert.deepEqual([...new Set(accounts.map(({ AccountType }) => AccountType))], ['Expense']);
    const below = accounts.filter(({ ParentRef }) => ParentRef?.FullName === 'Utilities');
    assert.deepEqual(
      below.map(({ FullName, Sublevel }) => [FullName, Sublevel]),
      [
        ['Utilities:Electricity', 1],
        ['Utilities:Telephone', 1],
      ],
    );
    const utilities = accounts.find(({ FullName }) => FullName === 'Utilities');
    const sum = below.reduce((total, { Balance }) => total + (Balance ?? 0), utilities?.Balance ?? 0);
    assert.equal(utilities?.TotalBalance, sum);
  });

  it('by ID: those found come, the first one missing is named', async () => {
    const { ListID } =
      recordsOf(await qb.one('<ClassQueryRq><FullName>East</FullName></ClassQueryRq>'), 'ClassRet')[0] ?? {};
    const answer = await qb.one(`<ClassQueryRq><ListID>${ListID}</ListID><ListID>ABC-1</ListID></ClassQueryRq>`);
    assert.deepEqual(names(answer), ['East']);
    assert.deepEqual(answer.status, {
      code: 500,
      severity: 'Warn',
      message:
        'The query request has not been fully completed. There was a required element ("ABC-1") that could not be found in QuickBooks.',
    });
  });

  it('an ID that has not the form of one is invalid', async () => {
    const { status } = await qb.one('<VendorQueryRq><ListID>Acorn</ListID></VendorQueryRq>');
    assert.deepEqual([status.code, status.severity], [3000, 'Error']);
    assert.equal(status.message, 'The given object ID "Acorn" in the field "ListID" is invalid.');
  });

  it('IncludeRetElement gives these children and the ID; unknown names are ignored, letter case counts', async () => {
    const wanted = ['Name', 'EditSequence', 'Colour', 'phone'].map(
      (name) => `<IncludeRetElement>${name}</IncludeRetElement>`,
    );
    const answer = await qb.one(`<VendorQueryRq><MaxReturned>1</MaxReturned>${wanted.join('')}</VendorQueryRq>`);
    assert.deepEqual(Object.keys(answer.records[0]?.value ?? {}), ['ListID', 'EditSequence', 'Name']);
  });

  it('metaData counts, with or without the records', async () => {
    const counted = await qb.one('<VendorQueryRq metaData="MetaDataOnly"/>');
    assert.deepEqual([counted.retCount, counted.records.length], [10, 0]);
    const both = await qb.one('<BillQueryRq metaData="MetaDataAndResponseData"/>');
    assert.deepEqual([both.retCount, both.records.length], [5, 5]);
    assert.equal((await qb.one('<VendorQueryRq/>')).retCount, undefined);
  });

  it('terms of both kinds come in one answer, each kind in its own', async () => {
    const kinds = async (query: string): Promise<string[]> =>
      (await qb.one(`<${query}Rq/>`)).records.map(({ element }) => element);
    assert.deepEqual(await kinds('TermsQuery'), [...Array<string>(4).fill('StandardTermsRet'), 'DateDrivenTermsRet']);
    assert.equal((await kinds('StandardTermsQuery')).length, 4);
    assert.deepEqual(await kinds('DateDrivenTermsQuery'), ['DateDrivenTermsRet']);
    const [discount] = recordsOf(
      await qb.one('<StandardTermsQueryRq><FullName>2% 10 Net 30</FullName></StandardTermsQueryRq>'),
      'StandardTermsRet',
    );
    assert.deepEqual(
      [discount?.StdDueDays, discount?.StdDiscountDays, discount?.DiscountPct],
      [30, 10, { units: 2, scale: 0 }],
    );
  });

  it('items come kind after kind, bought and sold ones with both accounts', async () => {
    const answer = await qb.one('<ItemQueryRq/>');
    assert.deepEqual(
      answer.records.map(({ element }) => element),
      ['ItemServiceRet', 'ItemNonInventoryRet', 'ItemInventoryRet', 'ItemGroupRet'],
    );
    const [service] = recordsOf(answer, 'ItemServiceRet');
    assert.deepEqual(service?.SalesAndPurchase?.PurchaseCost, { units: 6500, scale: 2 });
    assert.equal(service?.SalesAndPurchase?.ExpenseAccountRef?.FullName, 'Professional Fees');
    const [paper] = recordsOf(answer, 'ItemNonInventoryRet');
    assert.equal(paper?.SalesOrPurchase?.AccountRef?.FullName, 'Office Supplies');
  });

  it('jobs are customers with a parent', async () => {
    assert.deepEqual(names(await qb.one('<CustomerQueryRq/>')), [
      'Harbor Hotel',
      'Harbor Hotel:Kitchen',
      'Harbor Hotel:Lobby',
      'Miller, Anna',
    ]);
  });

  it('From and To dates of change are inclusive, as wall time of the machine without an offset', async () => {
    nowMs = Date.parse('2026-07-01T12:00:00Z'); // 08:00 in New York
    await desk.move('edit-vendor', { vendor: 'Acorn Tools', phone: '207-555-9999' });
    const changed = (from: string, to: string): Promise<ResponseMessage> =>
      qb.one(
        `<VendorQueryRq><FromModifiedDate>${from}</FromModifiedDate><ToModifiedDate>${to}</ToModifiedDate></VendorQueryRq>`,
      );
    assert.deepEqual(names(await changed('2026-07-01T08:00:00', '2026-07-01T08:00:00')), ['Acorn Tools']);
    assert.equal(code(await changed('2026-07-01T08:00:01', '2026-07-02')), 1);
    assert.deepEqual(names(await changed('2026-07-01', '2026-07-01')), ['Acorn Tools']);
    assert.equal(code(await changed('2026-07-02', '2026-07-01')), 3030);
    assert.equal(code(await changed('1960-01-01', '2026-07-01')), 3020);
  });

  it('the daylight-saving defect: TimeModified an hour late in summer, EditSequence true', async () => {
    const stamp = async (): Promise<(string | undefined)[]> => {
      const [vendor] = recordsOf(
        await qb.one('<VendorQueryRq><FullName>Acorn Tools</FullName></VendorQueryRq>'),
        'VendorRet',
      );
      return [vendor?.TimeModified, vendor?.EditSequence];
    };
    const second = String(Date.parse('2026-07-01T12:00:00Z') / 1000);
    assert.deepEqual(await stamp(), ['2026-07-01T08:00:00-05:00', second]);
    await desk.move('set-switch', { name: 'timeModifiedDefect', value: false });
    assert.deepEqual(await stamp(), ['2026-07-01T08:00:00-04:00', second]);
    await desk.move('set-switch', { name: 'timeModifiedDefect', value: true });
  });

  const bills: readonly [what: string, query: string, found: readonly string[]][] = [
    ['all, oldest first', '', ['S-1001', 'S-1002', 'S-1003', 'S-1004', 'S-1005']],
    ['number, in any letter case', '<RefNumber>s-1003</RefNumber>', ['S-1003']],
    ['exact number', '<RefNumberCaseSensitive>s-1003</RefNumberCaseSensitive>', []],
    [
      'several exact numbers',
      '<RefNumberCaseSensitive>S-1003</RefNumberCaseSensitive><RefNumberCaseSensitive>S-1001</RefNumberCaseSensitive>',
      ['S-1001', 'S-1003'],
    ],
    [
      'part of the number',
      '<RefNumberFilter><MatchCriterion>EndsWith</MatchCriterion><RefNumber>04</RefNumber></RefNumberFilter>',
      ['S-1004'],
    ],
    [
      'range of numbers',
      '<RefNumberRangeFilter><FromRefNumber>S-1004</FromRefNumber></RefNumberRangeFilter>',
      ['S-1004', 'S-1005'],
    ],
    [
      'date',
      '<TxnDateRangeFilter><FromTxnDate>2025-03-23</FromTxnDate><ToTxnDate>2025-06-11</ToTxnDate></TxnDateRangeFilter>',
      ['S-1002', 'S-1003'],
    ],
    ['vendor', '<EntityFilter><FullName>Acorn Supply</FullName></EntityFilter>', ['S-1002']],
    [
      'vendor and number',
      '<EntityFilter><FullName>Acorn Supply</FullName></EntityFilter><RefNumberFilter><MatchCriterion>Contains</MatchCriterion><RefNumber>1002</RefNumber></RefNumberFilter>',
      ['S-1002'],
    ],
    ['a vendor that is not there', '<EntityFilter><FullName>Nobody</FullName></EntityFilter>', []],
    [
      'account of a line, with those below',
      '<AccountFilter><FullNameWithChildren>Rent</FullNameWithChildren></AccountFilter>',
      ['S-1001'],
    ],
    ['unpaid', '<PaidStatus>NotPaidOnly</PaidStatus>', ['S-1001', 'S-1002', 'S-1003', 'S-1004', 'S-1005']],
    ['paid', '<PaidStatus>PaidOnly</PaidStatus>', []],
  ];
  for (const [what, query, found] of bills)
    it(`bills are found by ${what}`, async () => {
      const answer = await qb.one(`<BillQueryRq>${query}</BillQueryRq>`);
      assert.deepEqual(numbers(answer), found);
      assert.equal(code(answer), found.length === 0 ? 1 : 0);
    });

  it('lines come only when asked for', async () => {
    const lines = async (asked: string) => {
      const [bill] = recordsOf(
        await qb.one(`<BillQueryRq><RefNumber>S-1001</RefNumber>${asked}</BillQueryRq>`),
        'BillRet',
      );
      return [bill?.ExpenseLineRet?.length, bill?.ItemLines?.length];
    };
    assert.deepEqual(await lines(''), [undefined, undefined]);
    assert.deepEqual(await lines('<IncludeLineItems>false</IncludeLineItems>'), [undefined, undefined]);
    assert.deepEqual(await lines('<IncludeLineItems>true</IncludeLineItems>'), [1, 1]);
  });

  const whole: readonly [what: string, hresult: string, text: string][] = [
    [
      'two ways to choose at once',
      '0x80040400',
      rq('<BillQueryRq><RefNumber>1</RefNumber><EntityFilter><FullName>A</FullName></EntityFilter></BillQueryRq>'),
    ],
    [
      'both date filters',
      '0x80040400',
      rq(
        '<BillQueryRq><ModifiedDateRangeFilter/><TxnDateRangeFilter><FromTxnDate>2026-01-01</FromTxnDate></TxnDateRangeFilter></BillQueryRq>',
      ),
    ],
    [
      'elements out of order',
      '0x80040400',
      rq('<VendorQueryRq><ActiveStatus>All</ActiveStatus><MaxReturned>1</MaxReturned></VendorQueryRq>'),
    ],
    [
      'an iterator on a list that has none',
      '0x80040400',
      rq('<AccountQueryRq iterator="Start"><MaxReturned>1</MaxReturned></AccountQueryRq>'),
    ],
    ['a request that does not exist', '0x80040400', rq('<MoneyPrintRq/>')],
    ['text that is no XML', '0x80040400', 'hello'],
    [
      'no onError',
      '0x80040400',
      '<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq><HostQueryRq/></QBXMLMsgsRq></QBXML>',
    ],
    [
      'no processing instruction',
      '0x80040400',
      '<?xml version="1.0"?><QBXML><QBXMLMsgsRq onError="stopOnError"><HostQueryRq/></QBXMLMsgsRq></QBXML>',
    ],
    [
      'a version that is not supported',
      '0x80040423',
      '<?xml version="1.0"?><?qbxml version="99.0"?><QBXML><QBXMLMsgsRq onError="stopOnError"><HostQueryRq/></QBXMLMsgsRq></QBXML>',
    ],
    [
      'rollbackOnError',
      '0x80040413',
      '<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="rollbackOnError"><HostQueryRq/></QBXMLMsgsRq></QBXML>',
    ],
  ];
  for (const [what, hresult, text] of whole)
    it(`${what} fails as a whole: ${hresult}, and no position is told`, async () => {
      const answer = await qb.raw(text);
      assert.equal(answer.hresult, hresult);
      assert.doesNotMatch(String(answer.text), /line|column|Query|Filter/);
    });

  it('a raw letter above 126 is refused, and taken when the switch says so; a numeric reference always goes', async () => {
    const named = (name: string): string => rq(`<VendorQueryRq><FullName>${name}</FullName></VendorQueryRq>`);
    assert.equal((await qb.raw(named('Café'))).hresult, '0x80040400');
    assert.match(String((await qb.raw(named('Caf&#233;'))).result), /statusCode="500"/);
    await desk.move('set-switch', { name: 'nonAscii', value: 'accepted' });
    assert.match(String((await qb.raw(named('Café'))).result), /statusCode="500"/);
    await desk.move('set-switch', { name: 'nonAscii', value: 'refused' });
  });

  it('stopOnError leaves what follows the first failure undone; continueOnError goes on', async () => {
    const requests = '<VendorQueryRq><ListID>bad</ListID></VendorQueryRq><HostQueryRq requestID="2"/>';
    const stopped = await qb.ask(requests);
    assert.deepEqual(stopped.responses.map(code), [3000, 3231]);
    assert.deepEqual(
      [stopped.responses[1]?.status.message, stopped.responses[1]?.requestID],
      ['The request has not been processed.', '2'],
    );
    const raw = await qb.raw(rq(requests).replace('stopOnError', 'continueOnError'));
    assert.match(String(raw.result), /statusCode="3000".*<HostRet>/s);
    const warned = await qb.ask('<VendorQueryRq><ListID>ABC-1</ListID></VendorQueryRq><HostQueryRq/>');
    assert.deepEqual(warned.responses.map(code), [500, 0]);
  });

  it('a request ID over 50 characters is refused', async () => {
    assert.equal(code(await qb.one(`<HostQueryRq requestID="${'x'.repeat(51)}"/>`)), 1060);
  });

  it('the host names the versions that a session takes; preferences carry the closing date that a person set', async () => {
    const [host] = recordsOf(await qb.one('<HostQueryRq/>'), 'HostRet');
    assert.ok(host?.SupportedQBXMLVersion?.includes('13.0'));
    const closing = async () =>
      recordsOf(await qb.one('<PreferencesQueryRq/>'), 'PreferencesRet')[0]?.AccountingPreferences?.ClosingDate;
    assert.equal(await closing(), undefined);
    await desk.move('set-closing-date', { date: '2025-12-31' });
    assert.equal(await closing(), '2025-12-31');
    await desk.move('set-closing-date', { date: null });
    assert.equal(await closing(), undefined);
  });

  for (const query of ['VendorCreditQuery', 'BillPaymentCheckQuery', 'BillPaymentCreditCardQuery'])
    it(`${query} works and finds nothing`, async () => {
      assert.equal(code(await qb.one(`<${query}Rq/>`)), 1);
      const page = await qb.one(`<${query}Rq iterator="Start"><MaxReturned>10</MaxReturned></${query}Rq>`);
      assert.deepEqual([code(page), page.iteratorRemainingCount], [1, 0]);
      assert.equal(code(await qb.one(`<${query}Rq><TxnID>ABC-1</TxnID></${query}Rq>`)), 500);
    });

  it('responseData includeNone answers statuses only', async () => {
    const { responses } = await qb.ask('<HostQueryRq/>', 'responseData="includeNone"');
    assert.deepEqual([responses[0]?.status.code, responses[0]?.records.length], [0, 0]);
  });
});

function rq(requests: string): string {
  return `<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="stopOnError">${requests}</QBXMLMsgsRq></QBXML>`;
}
