/** One request of each message as it goes to QuickBooks, byte for byte within its element. */
import assert from 'node:assert/strict';
import { encodeRequest, type RequestMessage, type RequestName } from '../../src/qbxml/index.ts';

const OWNER = '{7b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55}';

const TABLE: readonly (readonly [request: RequestMessage, xml: string])[] = [
  [
    { type: 'HostQuery', requestID: '1', body: { IncludeListMetaData: { IncludeMaxCapacity: true } } },
    '<HostQueryRq requestID="1"><IncludeListMetaData><IncludeMaxCapacity>true</IncludeMaxCapacity></IncludeListMetaData></HostQueryRq>',
  ],
  [
    { type: 'CompanyQuery', body: { OwnerID: [OWNER] } },
    `<CompanyQueryRq><OwnerID>${OWNER}</OwnerID></CompanyQueryRq>`,
  ],
  [
    { type: 'PreferencesQuery', body: { IncludeRetElement: ['AccountingPreferences'] } },
    '<PreferencesQueryRq><IncludeRetElement>AccountingPreferences</IncludeRetElement></PreferencesQueryRq>',
  ],
  [
    { type: 'AccountQuery', body: { AccountType: ['Bank', 'CreditCard'], ActiveStatus: 'All' } },
    '<AccountQueryRq><ActiveStatus>All</ActiveStatus><AccountType>Bank</AccountType><AccountType>CreditCard</AccountType></AccountQueryRq>',
  ],
  [
    { type: 'ClassQuery', metaData: 'MetaDataOnly', body: { FromModifiedDate: '2026-01-02T03:04:05' } },
    '<ClassQueryRq metaData="MetaDataOnly"><FromModifiedDate>2026-01-02T03:04:05</FromModifiedDate></ClassQueryRq>',
  ],
  [
    { type: 'CustomerQuery', iterator: 'Start', body: { ActiveStatus: 'All', MaxReturned: 100 } },
    '<CustomerQueryRq iterator="Start"><MaxReturned>100</MaxReturned><ActiveStatus>All</ActiveStatus></CustomerQueryRq>',
  ],
  [
    {
      type: 'ItemQuery',
      iterator: 'Continue',
      iteratorID: '{1b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55}',
      body: { MaxReturned: 50 },
    },
    '<ItemQueryRq iterator="Continue" iteratorID="{1b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55}"><MaxReturned>50</MaxReturned></ItemQueryRq>',
  ],
  [
    { type: 'TermsQuery', body: { NameFilter: { Name: 'Net', MatchCriterion: 'StartsWith' } } },
    '<TermsQueryRq><NameFilter><MatchCriterion>StartsWith</MatchCriterion><Name>Net</Name></NameFilter></TermsQueryRq>',
  ],
  [{ type: 'StandardTermsQuery', body: {} }, '<StandardTermsQueryRq/>'],
  [
    { type: 'DateDrivenTermsQuery', body: { FullName: ['10th'] } },
    '<DateDrivenTermsQueryRq><FullName>10th</FullName></DateDrivenTermsQueryRq>',
  ],
  [
    {
      type: 'StandardTermsAdd',
      body: {
        StandardTermsAdd: {
          Name: '2% 10, Net 30',
          DiscountPct: { units: 2, scale: 0 },
          StdDueDays: 30,
          StdDiscountDays: 10,
        },
      },
    },
    '<StandardTermsAddRq><StandardTermsAdd><Name>2% 10, Net 30</Name><StdDueDays>30</StdDueDays><StdDiscountDays>10</StdDiscountDays><DiscountPct>2</DiscountPct></StandardTermsAdd></StandardTermsAddRq>',
  ],
  [
    {
      type: 'DateDrivenTermsAdd',
      body: { DateDrivenTermsAdd: { DayOfMonthDue: 10, Name: '10th', DueNextMonthDays: 5 } },
    },
    '<DateDrivenTermsAddRq><DateDrivenTermsAdd><Name>10th</Name><DayOfMonthDue>10</DayOfMonthDue><DueNextMonthDays>5</DueNextMonthDays></DateDrivenTermsAdd></DateDrivenTermsAddRq>',
  ],
  [
    { type: 'CurrencyQuery', body: { ActiveStatus: 'All' } },
    '<CurrencyQueryRq><ActiveStatus>All</ActiveStatus></CurrencyQueryRq>',
  ],
  [
    { type: 'VendorQuery', body: { ListID: ['8000-1', '8000-2'], IncludeRetElement: ['ListID', 'EditSequence'] } },
    '<VendorQueryRq><ListID>8000-1</ListID><ListID>8000-2</ListID><IncludeRetElement>ListID</IncludeRetElement><IncludeRetElement>EditSequence</IncludeRetElement></VendorQueryRq>',
  ],
  [
    {
      type: 'VendorAdd',
      body: { VendorAdd: { Name: 'O\'Neill & "Söhne" <GmbH>', VendorAddress: { City: 'Bonn', Addr1: 'Ufer 1' } } },
    },
    '<VendorAddRq><VendorAdd><Name>O&apos;Neill &amp; &quot;S&#246;hne&quot; &lt;GmbH&gt;</Name><VendorAddress><Addr1>Ufer 1</Addr1><City>Bonn</City></VendorAddress></VendorAdd></VendorAddRq>',
  ],
  [
    { type: 'VendorMod', body: { VendorMod: { Phone: '', EditSequence: '1700000000', ListID: '8000-1' } } },
    '<VendorModRq><VendorMod><ListID>8000-1</ListID><EditSequence>1700000000</EditSequence><Phone></Phone></VendorMod></VendorModRq>',
  ],
  [
    {
      type: 'BillQuery',
      body: {
        IncludeLinkedTxns: true,
        IncludeLineItems: true,
        PaidStatus: 'NotPaidOnly',
        EntityFilter: { ListID: ['8000-1'] },
        TxnDateRangeFilter: { FromTxnDate: '2026-01-01', ToTxnDate: '2026-01-31' },
      },
    },
    '<BillQueryRq><TxnDateRangeFilter><FromTxnDate>2026-01-01</FromTxnDate><ToTxnDate>2026-01-31</ToTxnDate></TxnDateRangeFilter><EntityFilter><ListID>8000-1</ListID></EntityFilter><PaidStatus>NotPaidOnly</PaidStatus><IncludeLineItems>true</IncludeLineItems><IncludeLinkedTxns>true</IncludeLinkedTxns></BillQueryRq>',
  ],
  [
    {
      type: 'BillAdd',
      body: {
        BillAdd: {
          ItemLines: [
            {
              ItemLineAdd: {
                Amount: 1538,
                Cost: { units: 1025, scale: 2 },
                Quantity: { units: 15, scale: 1 },
                ItemRef: { ListID: '8000-9' },
              },
            },
            { ItemGroupLineAdd: { ItemGroupRef: { FullName: 'Kit' } } },
            { ItemLineAdd: { Desc: 'freight', Amount: -50 } },
          ],
          ExpenseLineAdd: [{ Memo: 'line 1\nline 2', Amount: 120_000, AccountRef: { ListID: '8000-5' } }],
          ExternalGUID: OWNER,
          RefNumber: 'INV-7',
          DueDate: '2026-02-01',
          TxnDate: '2026-01-02',
          VendorRef: { ListID: '8000-1' },
        },
      },
    },
    `<BillAddRq><BillAdd><VendorRef><ListID>8000-1</ListID></VendorRef><TxnDate>2026-01-02</TxnDate><DueDate>2026-02-01</DueDate><RefNumber>INV-7</RefNumber><ExternalGUID>${OWNER}</ExternalGUID><ExpenseLineAdd><AccountRef><ListID>8000-5</ListID></AccountRef><Amount>1200.00</Amount><Memo>line 1&#10;line 2</Memo></ExpenseLineAdd><ItemLineAdd><ItemRef><ListID>8000-9</ListID></ItemRef><Quantity>1.5</Quantity><Cost>10.25</Cost><Amount>15.38</Amount></ItemLineAdd><ItemGroupLineAdd><ItemGroupRef><FullName>Kit</FullName></ItemGroupRef></ItemGroupLineAdd><ItemLineAdd><Desc>freight</Desc><Amount>-0.50</Amount></ItemLineAdd></BillAdd></BillAddRq>`,
  ],
  [
    {
      type: 'BillMod',
      body: {
        BillMod: {
          TxnID: 'A1-17',
          EditSequence: '17',
          DueDate: null,
          ExpenseLineMod: [{ TxnLineID: '-1', Amount: 100 }],
        },
      },
    },
    '<BillModRq><BillMod><TxnID>A1-17</TxnID><EditSequence>17</EditSequence><DueDate></DueDate><ExpenseLineMod><TxnLineID>-1</TxnLineID><Amount>1.00</Amount></ExpenseLineMod></BillMod></BillModRq>',
  ],
  [
    { type: 'BillToPayQuery', body: { PayeeEntityRef: { ListID: '8000-1' }, APAccountRef: { ListID: '8000-3' } } },
    '<BillToPayQueryRq><PayeeEntityRef><ListID>8000-1</ListID></PayeeEntityRef><APAccountRef><ListID>8000-3</ListID></APAccountRef></BillToPayQueryRq>',
  ],
  [
    { type: 'VendorCreditQuery', body: { RefNumberFilter: { MatchCriterion: 'EndsWith', RefNumber: '7' } } },
    '<VendorCreditQueryRq><RefNumberFilter><MatchCriterion>EndsWith</MatchCriterion><RefNumber>7</RefNumber></RefNumberFilter></VendorCreditQueryRq>',
  ],
  [
    {
      type: 'VendorCreditAdd',
      body: {
        VendorCreditAdd: {
          VendorRef: { ListID: '8000-1' },
          ExternalGUID: OWNER,
          TxnDate: '2026-01-02',
          APAccountRef: { ListID: '8000-3' },
          RefNumber: 'CR-1',
          ItemLines: [{ ItemLineAdd: { ItemRef: { ListID: '8000-9' }, Amount: 100 } }],
          ExpenseLineAdd: [{ AccountRef: { ListID: '8000-5' }, Amount: 2500 }],
        },
      },
    },
    `<VendorCreditAddRq><VendorCreditAdd><VendorRef><ListID>8000-1</ListID></VendorRef><APAccountRef><ListID>8000-3</ListID></APAccountRef><TxnDate>2026-01-02</TxnDate><RefNumber>CR-1</RefNumber><ExternalGUID>${OWNER}</ExternalGUID><ExpenseLineAdd><AccountRef><ListID>8000-5</ListID></AccountRef><Amount>25.00</Amount></ExpenseLineAdd><ItemLineAdd><ItemRef><ListID>8000-9</ListID></ItemRef><Amount>1.00</Amount></ItemLineAdd></VendorCreditAdd></VendorCreditAddRq>`,
  ],
  [
    {
      type: 'VendorCreditMod',
      body: {
        VendorCreditMod: {
          TxnID: 'C1-17',
          EditSequence: '17',
          Memo: '',
          ClearItemLines: true,
          ExpenseLineMod: [{ TxnLineID: 'L1-17', Amount: 100 }],
        },
      },
    },
    '<VendorCreditModRq><VendorCreditMod><TxnID>C1-17</TxnID><EditSequence>17</EditSequence><Memo></Memo><ExpenseLineMod><TxnLineID>L1-17</TxnLineID><Amount>1.00</Amount></ExpenseLineMod><ClearItemLines>true</ClearItemLines></VendorCreditMod></VendorCreditModRq>',
  ],
  [
    { type: 'BillPaymentCheckQuery', body: { TxnID: ['A1-17'], IncludeLineItems: true } },
    '<BillPaymentCheckQueryRq><TxnID>A1-17</TxnID><IncludeLineItems>true</IncludeLineItems></BillPaymentCheckQueryRq>',
  ],
  [
    {
      type: 'BillPaymentCheckAdd',
      body: {
        BillPaymentCheckAdd: {
          PayeeEntityRef: { ListID: '8000-1' },
          BankAccountRef: { ListID: '8000-2' },
          RefNumber: '1001',
          AppliedToTxnAdd: [
            { TxnID: 'A1-17', PaymentAmount: 5000, SetCredit: [{ CreditTxnID: 'C1-17', AppliedAmount: 250 }] },
          ],
        },
      },
    },
    '<BillPaymentCheckAddRq><BillPaymentCheckAdd><PayeeEntityRef><ListID>8000-1</ListID></PayeeEntityRef><BankAccountRef><ListID>8000-2</ListID></BankAccountRef><RefNumber>1001</RefNumber><AppliedToTxnAdd><TxnID>A1-17</TxnID><PaymentAmount>50.00</PaymentAmount><SetCredit><CreditTxnID>C1-17</CreditTxnID><AppliedAmount>2.50</AppliedAmount></SetCredit></AppliedToTxnAdd></BillPaymentCheckAdd></BillPaymentCheckAddRq>',
  ],
  [
    {
      type: 'BillPaymentCheckMod',
      body: {
        BillPaymentCheckMod: {
          TxnID: 'P1-17',
          EditSequence: '17',
          RefNumber: '1002',
          Amount: 5000,
          AppliedToTxnMod: [
            {
              TxnID: 'A1-17',
              PaymentAmount: 5000,
              SetCredit: [{ CreditTxnID: 'C1-17', AppliedAmount: 250, Override: true }],
              DiscountAmount: 10,
              DiscountAccountRef: { ListID: '8000-6' },
            },
          ],
        },
      },
    },
    '<BillPaymentCheckModRq><BillPaymentCheckMod><TxnID>P1-17</TxnID><EditSequence>17</EditSequence><Amount>50.00</Amount><RefNumber>1002</RefNumber><AppliedToTxnMod><TxnID>A1-17</TxnID><PaymentAmount>50.00</PaymentAmount><SetCredit><CreditTxnID>C1-17</CreditTxnID><AppliedAmount>2.50</AppliedAmount><Override>true</Override></SetCredit><DiscountAmount>0.10</DiscountAmount><DiscountAccountRef><ListID>8000-6</ListID></DiscountAccountRef></AppliedToTxnMod></BillPaymentCheckMod></BillPaymentCheckModRq>',
  ],
  [
    { type: 'BillPaymentCreditCardQuery', body: { RefNumberCaseSensitive: ['77'] } },
    '<BillPaymentCreditCardQueryRq><RefNumberCaseSensitive>77</RefNumberCaseSensitive></BillPaymentCreditCardQueryRq>',
  ],
  [
    {
      type: 'BillPaymentCreditCardAdd',
      body: {
        BillPaymentCreditCardAdd: {
          PayeeEntityRef: { ListID: '8000-1' },
          CreditCardAccountRef: { ListID: '8000-4' },
          AppliedToTxnAdd: [{ TxnID: 'A1-17', DiscountAmount: 10 }],
        },
      },
    },
    '<BillPaymentCreditCardAddRq><BillPaymentCreditCardAdd><PayeeEntityRef><ListID>8000-1</ListID></PayeeEntityRef><CreditCardAccountRef><ListID>8000-4</ListID></CreditCardAccountRef><AppliedToTxnAdd><TxnID>A1-17</TxnID><DiscountAmount>0.10</DiscountAmount></AppliedToTxnAdd></BillPaymentCreditCardAdd></BillPaymentCreditCardAddRq>',
  ],
  [
    {
      type: 'CheckQuery',
      iterator: 'Start',
      body: { MaxReturned: 50, AccountFilter: { ListID: ['8000-3'] }, IncludeLineItems: true, IncludeLinkedTxns: true },
    },
    '<CheckQueryRq iterator="Start"><MaxReturned>50</MaxReturned><AccountFilter><ListID>8000-3</ListID></AccountFilter><IncludeLineItems>true</IncludeLineItems><IncludeLinkedTxns>true</IncludeLinkedTxns></CheckQueryRq>',
  ],
  [
    {
      type: 'DepositQuery',
      body: {
        TxnDateRangeFilter: { FromTxnDate: '2026-01-01' },
        AccountFilter: { FullNameWithChildren: 'Accounts Payable' },
        IncludeLineItems: true,
      },
    },
    '<DepositQueryRq><TxnDateRangeFilter><FromTxnDate>2026-01-01</FromTxnDate></TxnDateRangeFilter><AccountFilter><FullNameWithChildren>Accounts Payable</FullNameWithChildren></AccountFilter><IncludeLineItems>true</IncludeLineItems></DepositQueryRq>',
  ],
  [
    { type: 'JournalEntryQuery', body: { RefNumber: ['J-1'], IncludeLineItems: true } },
    '<JournalEntryQueryRq><RefNumber>J-1</RefNumber><IncludeLineItems>true</IncludeLineItems></JournalEntryQueryRq>',
  ],
  [
    { type: 'CreditCardChargeQuery', body: { EntityFilter: { ListID: ['8000-1'] } } },
    '<CreditCardChargeQueryRq><EntityFilter><ListID>8000-1</ListID></EntityFilter></CreditCardChargeQueryRq>',
  ],
  [
    { type: 'CreditCardCreditQuery', body: { TxnID: ['A1-17'], IncludeLineItems: true } },
    '<CreditCardCreditQueryRq><TxnID>A1-17</TxnID><IncludeLineItems>true</IncludeLineItems></CreditCardCreditQueryRq>',
  ],
  [
    {
      type: 'ItemReceiptQuery',
      body: { TxnDateRangeFilter: { DateMacro: 'ThisMonth' }, IncludeLinkedTxns: true },
    },
    '<ItemReceiptQueryRq><TxnDateRangeFilter><DateMacro>ThisMonth</DateMacro></TxnDateRangeFilter><IncludeLinkedTxns>true</IncludeLinkedTxns></ItemReceiptQueryRq>',
  ],
  [
    {
      type: 'TxnDeletedQuery',
      body: { TxnDelType: ['Bill'], DeletedDateRangeFilter: { FromDeletedDate: '2026-01-01' } },
    },
    '<TxnDeletedQueryRq><TxnDelType>Bill</TxnDelType><DeletedDateRangeFilter><FromDeletedDate>2026-01-01</FromDeletedDate></DeletedDateRangeFilter></TxnDeletedQueryRq>',
  ],
  [
    { type: 'ListDeletedQuery', body: { ListDelType: ['Vendor', 'StandardTerms'] } },
    '<ListDeletedQueryRq><ListDelType>Vendor</ListDelType><ListDelType>StandardTerms</ListDelType></ListDeletedQueryRq>',
  ],
  [
    { type: 'TxnVoid', body: { TxnID: 'A1-17', TxnVoidType: 'BillPaymentCheck' } },
    '<TxnVoidRq><TxnVoidType>BillPaymentCheck</TxnVoidType><TxnID>A1-17</TxnID></TxnVoidRq>',
  ],
  [
    { type: 'TxnDel', body: { TxnID: 'A1-17', TxnDelType: 'Bill' } },
    '<TxnDelRq><TxnDelType>Bill</TxnDelType><TxnID>A1-17</TxnID></TxnDelRq>',
  ],
  [
    { type: 'DataExtDefQuery', body: { OwnerID: [OWNER] } },
    `<DataExtDefQueryRq><OwnerID>${OWNER}</OwnerID></DataExtDefQueryRq>`,
  ],
  [
    {
      type: 'DataExtDefAdd',
      body: {
        DataExtDefAdd: {
          AssignToObject: ['Company'],
          DataExtType: 'STR255TYPE',
          DataExtName: 'Tandem',
          OwnerID: OWNER,
        },
      },
    },
    `<DataExtDefAddRq><DataExtDefAdd><OwnerID>${OWNER}</OwnerID><DataExtName>Tandem</DataExtName><DataExtType>STR255TYPE</DataExtType><AssignToObject>Company</AssignToObject></DataExtDefAdd></DataExtDefAddRq>`,
  ],
  [
    {
      type: 'DataExtAdd',
      body: {
        DataExtAdd: { OwnerID: OWNER, DataExtName: 'Tandem', OtherDataExtType: 'Company', DataExtValue: 'acme' },
      },
    },
    `<DataExtAddRq><DataExtAdd><OwnerID>${OWNER}</OwnerID><DataExtName>Tandem</DataExtName><OtherDataExtType>Company</OtherDataExtType><DataExtValue>acme</DataExtValue></DataExtAdd></DataExtAddRq>`,
  ],
  [
    {
      type: 'DataExtMod',
      body: {
        DataExtMod: {
          OwnerID: OWNER,
          DataExtName: 'Tandem',
          ListDataExtType: 'Vendor',
          ListObjRef: { ListID: '8000-1' },
          DataExtValue: '',
        },
      },
    },
    `<DataExtModRq><DataExtMod><OwnerID>${OWNER}</OwnerID><DataExtName>Tandem</DataExtName><ListDataExtType>Vendor</ListDataExtType><ListObjRef><ListID>8000-1</ListID></ListObjRef><DataExtValue></DataExtValue></DataExtMod></DataExtModRq>`,
  ],
];

describe('requests as they go to QuickBooks', () => {
  const before =
    '<?xml version="1.0" encoding="utf-8"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="stopOnError">';
  const after = '</QBXMLMsgsRq></QBXML>';

  for (const [request, xml] of TABLE) {
    it(request.type, () => {
      assert.equal(encodeRequest({ onError: 'stopOnError', requests: [request] }), `${before}${xml}${after}`);
    });
  }

  it('every message has a row here', async () => {
    const { messages } = await import('../../src/qbxml/index.ts');
    const named = TABLE.map(([{ type }]) => type).sort();
    assert.deepEqual(named, (Object.keys(messages) as RequestName[]).sort());
  });

  it('a set that asks for a stored answer has no request in it', () => {
    const xml = encodeRequest({ onError: 'stopOnError', newMessageSetID: 'p1', oldMessageSetID: 'p1', requests: [] });
    assert.match(xml, /<QBXMLMsgsRq onError="stopOnError" newMessageSetID="p1" oldMessageSetID="p1"\/>/);
  });

  it('sixteen is asked for by name', () => {
    const xml = encodeRequest({ onError: 'stopOnError', requests: [{ type: 'HostQuery', body: {} }] }, '16.0');
    assert.match(xml, /<\?qbxml version="16\.0"\?>/);
  });
});
