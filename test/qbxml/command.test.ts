/** `tandem qbxml decode` and `encode`, as an operator uses them. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { qbxmlCommand } from '../../src/cli/qbxml.ts';
import { encodeRequest } from '../../src/qbxml/index.ts';
import { messageNames, requestSet } from './arbitraries.ts';

describe('tandem qbxml', () => {
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-qbxml-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const file = (content: string | Buffer): string => {
    const name = path.join(folder, 'document');
    fs.writeFileSync(name, content);
    return name;
  };
  const run = async (...args: string[]): Promise<string> => {
    const printed: string[] = [];
    await qbxmlCommand((text) => printed.push(text)).parseAsync(args, { from: 'user' });
    return printed.join('\n');
  };

  const ANSWER = `<?xml version="1.0" ?>
<QBXML>
<QBXMLMsgsRs messageSetStatusCode="0">
<BillQueryRs requestID="1" statusCode="0" statusSeverity="Info" statusMessage="Status OK">
<BillRet><TxnID>A-1</TxnID><AmountDue>12.30</AmountDue><IsPaid>false</IsPaid>
<ItemLineRet><TxnLineID>1</TxnLineID><Quantity>1.50</Quantity></ItemLineRet><Novel><X>1</X><X>2</X></Novel></BillRet>
<BillRet><TxnID>A-2</TxnID><AmountDue>12,30</AmountDue></BillRet>
</BillQueryRs>
<EstimateQueryRs statusCode="0" statusSeverity="Info"><EstimateRet kind="x"><TxnID>1</TxnID><TotalAmount>3.00</TotalAmount></EstimateRet></EstimateQueryRs>
<BillModRs statusCode="3171" statusSeverity="Error" statusMessage="closing date"/>
<TxnVoidRs statusCode="0" statusSeverity="Info"><TxnVoidType>Bill</TxnVoidType><TxnID>A</TxnID></TxnVoidRs>
</QBXMLMsgsRs>
</QBXML>`;

  it('shows payments, journals and deposits: what is paid and which side a line is on', async () => {
    const { responses } = JSON.parse(
      await run(
        'decode',
        file(`<?xml version="1.0"?><QBXML><QBXMLMsgsRs>
<BillPaymentCheckAddRs statusCode="0" statusSeverity="Info"><BillPaymentCheckRet/></BillPaymentCheckAddRs>
<JournalEntryQueryRs statusCode="0" statusSeverity="Info"><JournalEntryRet><TxnID>J-1</TxnID>
<JournalDebitLine><Amount>7.00</Amount></JournalDebitLine><JournalCreditLine><Amount>7.00</Amount></JournalCreditLine></JournalEntryRet></JournalEntryQueryRs>
<DepositQueryRs statusCode="0" statusSeverity="Info"><DepositRet><TxnID>D-1</TxnID><DepositTotal>9.00</DepositTotal>
<DepositLineRet><TxnLineID>L-1</TxnLineID><Amount>9.00</Amount></DepositLineRet></DepositRet></DepositQueryRs>
</QBXMLMsgsRs></QBXML>`),
      ),
    );
    const seven = { Amount: { cents: 700, text: '7.00' } };
    assert.deepEqual(
      responses.map(({ records }: { records: unknown }) => records),
      [
        [{ BillPaymentCheckRet: {} }],
        [
          {
            JournalEntryRet: {
              TxnID: 'J-1',
              JournalLines: [{ JournalDebitLine: seven }, { JournalCreditLine: seven }],
            },
          },
        ],
        [
          {
            DepositRet: {
              TxnID: 'D-1',
              DepositTotal: { cents: 900, text: '9.00' },
              DepositLineRet: [{ TxnLineID: 'L-1', Amount: { cents: 900, text: '9.00' } }],
            },
          },
        ],
      ],
    );
  });

  it('shows an answer: statuses and what they mean, attributes, records, money as cents beside the text', async () => {
    const shown = JSON.parse(await run('decode', file(ANSWER)));
    const [bills, estimates, refused, voided] = shown.responses;
    assert.deepEqual(shown.messageSet, { messageSetStatusCode: '0' });
    assert.deepEqual(bills.attributes, {
      requestID: '1',
      statusCode: '0',
      statusSeverity: 'Info',
      statusMessage: 'Status OK',
    });
    assert.deepEqual(bills.records[0], {
      BillRet: {
        TxnID: 'A-1',
        AmountDue: { cents: 1230, text: '12.30' },
        IsPaid: false,
        ItemLines: [{ ItemLineRet: { TxnLineID: '1', Quantity: '1.50' } }],
        Novel: { X: ['1', '2'] },
      },
    });
    assert.deepEqual(bills.records[1], { BillRet: { TxnID: 'A-2', AmountDue: '12,30' } });
    assert.deepEqual(
      bills.problems.map((problem: { id: string }) => problem.id),
      ['A-2'],
    );
    assert.equal(estimates.declared, false);
    assert.deepEqual(estimates.records, [
      { EstimateRet: { '@kind': 'x', TxnID: '1', TotalAmount: { cents: 300, text: '3.00' } } },
    ]);
    assert.equal(refused.status.means, 'CLOSED_PERIOD');
    assert.match(refused.status.toDo, /closing date/);
    assert.deepEqual(voided.records, [{ TxnVoidType: 'Bill', TxnID: 'A' }]);
  });

  it('reads the UTF-16 that Windows tools write', async () => {
    const shown = JSON.parse(await run('decode', file(Buffer.from(`\ufeff${ANSWER}`, 'utf16le'))));
    assert.equal(shown.responses.length, 4);
  });

  it('makes the request that was shown', async () => {
    await fc.assert(
      fc.asyncProperty(requestSet(...messageNames), async (set) => {
        const xml = encodeRequest(set);
        const shown = await run('decode', file(xml));
        assert.equal(await run('encode', file(shown)), xml);
      }),
      { numRuns: 60 },
    );
  });

  it('takes amounts as cents, as shown, or as text, and quantities as text', async () => {
    const line = (Amount: unknown) => ({ Amount, Memo: 'x' });
    const json = (Amount: unknown) => ({
      onError: 'stopOnError',
      requests: [
        {
          type: 'BillAdd',
          body: {
            BillAdd: {
              VendorRef: { ListID: '8' },
              ExpenseLineAdd: [line(Amount)],
              ItemLines: [{ ItemLineAdd: { Quantity: '2.5' } }],
            },
          },
        },
      ],
    });
    for (const amount of [1230, { cents: 1230, text: '12.30' }, '12.30']) {
      const xml = await run('encode', file(JSON.stringify(json(amount))));
      assert.match(xml, /<Amount>12\.30<\/Amount>/);
      assert.match(xml, /<Quantity>2\.5<\/Quantity>/);
    }
  });

  const WRONG: readonly (readonly [what: string, args: () => readonly [string, string], says: RegExp])[] = [
    [
      'a malformed file',
      () => ['decode', file(ANSWER.replace('</BillQueryRs>', ''))],
      /<\/QBXMLMsgsRs> where <\/BillQueryRs> is wanted, at line 12, column 1, in .*document/,
    ],
    ['a file that is no qbXML', () => ['decode', file('<html/>')], /root element is <html>, at line 1, column 1/],
    [
      'a request that QuickBooks would refuse',
      () => ['decode', file('<QBXML><QBXMLMsgsRq onError="stopOnError"><BillAddRq/></QBXMLMsgsRq></QBXML>')],
      /BillAddRq\/BillAdd: is required here/,
    ],
    ['a file that does not exist', () => ['decode', path.join(folder, 'absent')], /cannot be read \(ENOENT/],
    ['JSON that is none', () => ['encode', file('{')], /not JSON/],
    ['JSON of something else', () => ['encode', file('[1]')], /onError and a list of requests/],
    [
      'a value over its limit',
      () => [
        'encode',
        file(
          JSON.stringify({
            onError: 'stopOnError',
            requests: [{ type: 'HostQuery', requestID: 'x'.repeat(51), body: {} }],
          }),
        ),
      ],
      /HostQueryRq\/@requestID/,
    ],
  ];
  for (const [what, args, says] of WRONG) {
    it(`${what}: says what, where and what to do, with exit code 1`, async () => {
      await assert.rejects(run(...args()), (error: unknown) => {
        assert.ok(error instanceof Error && 'exitCode' in error, String(error));
        assert.match(error.message, says);
        assert.equal(error.exitCode, 1);
        return true;
      });
    });
  }
});
