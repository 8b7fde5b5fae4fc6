/** Records of transactions, deletions and private data: as QuickBooks writes them, and as they are read. */
import type { AnswerRow } from './answerRow.ts';

const OWNER = '{7b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55}';
const STAMP = '2026-01-02T03:04:05-08:00';
const TXN = `<TxnID>A-1</TxnID><TimeCreated>${STAMP}</TimeCreated><TimeModified>${STAMP}</TimeModified><EditSequence>17</EditSequence><TxnNumber>7</TxnNumber>`;
const txn = { TxnID: 'A-1', TimeCreated: STAMP, TimeModified: STAMP, EditSequence: '17', TxnNumber: 7 };
const REF = '<ListID>8000-2</ListID><FullName>X</FullName>';
const ref = { ListID: '8000-2', FullName: 'X' };

export const TXN_RECORDS: readonly AnswerRow[] = [
  [
    'BillQuery',
    {
      element: 'BillRet',
      value: {
        ...txn,
        VendorRef: ref,
        APAccountRef: ref,
        TxnDate: '2026-01-02',
        DueDate: '2026-02-01',
        AmountDue: 10000,
        RefNumber: 'INV-7',
        IsPaid: false,
        LinkedTxn: [
          { TxnID: 'C-1', TxnType: 'VendorCredit', TxnDate: '2026-01-01', LinkType: 'AMTTYPE', Amount: -2500 },
        ],
        ExpenseLineRet: [{ TxnLineID: 'L-1', AccountRef: ref, Amount: 8462, BillableStatus: 'NotBillable' }],
        ItemLines: [
          {
            ItemLineRet: {
              TxnLineID: 'L-2',
              ItemRef: ref,
              Quantity: { units: 15, scale: 1 },
              Cost: { units: 1025, scale: 2 },
              Amount: 1538,
            },
          },
        ],
        OpenAmount: 7500,
      },
    },
    `${TXN}<VendorRef>${REF}</VendorRef><APAccountRef>${REF}</APAccountRef><TxnDate>2026-01-02</TxnDate><DueDate>2026-02-01</DueDate><AmountDue>100.00</AmountDue><RefNumber>INV-7</RefNumber><IsPaid>false</IsPaid><LinkedTxn><TxnID>C-1</TxnID><TxnType>VendorCredit</TxnType><TxnDate>2026-01-01</TxnDate><LinkType>AMTTYPE</LinkType><Amount>-25.00</Amount></LinkedTxn><ExpenseLineRet><TxnLineID>L-1</TxnLineID><AccountRef>${REF}</AccountRef><Amount>84.62</Amount><BillableStatus>NotBillable</BillableStatus></ExpenseLineRet><ItemLineRet><TxnLineID>L-2</TxnLineID><ItemRef>${REF}</ItemRef><Quantity>1.5</Quantity><Cost>10.25</Cost><Amount>15.38</Amount></ItemLineRet><OpenAmount>75.00</OpenAmount>`,
  ],
  [
    'BillToPayQuery',
    {
      element: 'BillToPayRet',
      value: {
        BillToPay: {
          TxnID: 'A-1',
          TxnType: 'Bill',
          APAccountRef: ref,
          TxnDate: '2026-01-02',
          RefNumber: 'INV-7',
          DueDate: '2026-02-01',
          AmountDue: 7500,
        },
      },
    },
    `<BillToPay><TxnID>A-1</TxnID><TxnType>Bill</TxnType><APAccountRef>${REF}</APAccountRef><TxnDate>2026-01-02</TxnDate><RefNumber>INV-7</RefNumber><DueDate>2026-02-01</DueDate><AmountDue>75.00</AmountDue></BillToPay>`,
  ],
  [
    'BillToPayQuery',
    {
      element: 'BillToPayRet',
      value: {
        CreditToApply: {
          TxnID: 'C-1',
          TxnType: 'VendorCredit',
          APAccountRef: ref,
          TxnDate: '2026-01-01',
          CreditRemaining: 500,
        },
      },
    },
    `<CreditToApply><TxnID>C-1</TxnID><TxnType>VendorCredit</TxnType><APAccountRef>${REF}</APAccountRef><TxnDate>2026-01-01</TxnDate><CreditRemaining>5.00</CreditRemaining></CreditToApply>`,
  ],
  [
    'VendorCreditQuery',
    {
      element: 'VendorCreditRet',
      value: { ...txn, VendorRef: ref, TxnDate: '2026-01-01', CreditAmount: 3000, OpenAmount: 500 },
    },
    `${TXN}<VendorRef>${REF}</VendorRef><TxnDate>2026-01-01</TxnDate><CreditAmount>30.00</CreditAmount><OpenAmount>5.00</OpenAmount>`,
  ],
  [
    'BillPaymentCheckQuery',
    {
      element: 'BillPaymentCheckRet',
      value: {
        ...txn,
        PayeeEntityRef: ref,
        TxnDate: '2026-01-09',
        BankAccountRef: ref,
        Amount: 5000,
        RefNumber: '1001',
        IsToBePrinted: false,
        AppliedToTxnRet: [
          {
            TxnID: 'A-1',
            TxnType: 'Bill',
            BalanceRemaining: 2500,
            Amount: 5000,
            DiscountAmount: 100,
            DiscountAccountRef: ref,
          },
        ],
      },
    },
    `${TXN}<PayeeEntityRef>${REF}</PayeeEntityRef><TxnDate>2026-01-09</TxnDate><BankAccountRef>${REF}</BankAccountRef><Amount>50.00</Amount><RefNumber>1001</RefNumber><IsToBePrinted>false</IsToBePrinted><AppliedToTxnRet><TxnID>A-1</TxnID><TxnType>Bill</TxnType><BalanceRemaining>25.00</BalanceRemaining><Amount>50.00</Amount><DiscountAmount>1.00</DiscountAmount><DiscountAccountRef>${REF}</DiscountAccountRef></AppliedToTxnRet>`,
  ],
  [
    'BillPaymentCreditCardQuery',
    { element: 'BillPaymentCreditCardRet', value: { ...txn, CreditCardAccountRef: ref, Amount: 5000 } },
    `${TXN}<CreditCardAccountRef>${REF}</CreditCardAccountRef><Amount>50.00</Amount>`,
  ],
  [
    'CheckQuery',
    {
      element: 'CheckRet',
      value: {
        ...txn,
        AccountRef: ref,
        PayeeEntityRef: ref,
        RefNumber: '77',
        TxnDate: '2026-01-05',
        Amount: 900,
        IsToBePrinted: false,
        LinkedTxn: [{ TxnID: 'A-1', TxnType: 'Bill', TxnDate: '2026-01-02', LinkType: 'AMTTYPE', Amount: -900 }],
        ExpenseLineRet: [{ TxnLineID: 'L-1', AccountRef: ref, Amount: 900, CustomerRef: ref }],
      },
    },
    `${TXN}<AccountRef>${REF}</AccountRef><PayeeEntityRef>${REF}</PayeeEntityRef><RefNumber>77</RefNumber><TxnDate>2026-01-05</TxnDate><Amount>9.00</Amount><IsToBePrinted>false</IsToBePrinted><LinkedTxn><TxnID>A-1</TxnID><TxnType>Bill</TxnType><TxnDate>2026-01-02</TxnDate><LinkType>AMTTYPE</LinkType><Amount>-9.00</Amount></LinkedTxn><ExpenseLineRet><TxnLineID>L-1</TxnLineID><AccountRef>${REF}</AccountRef><Amount>9.00</Amount><CustomerRef>${REF}</CustomerRef></ExpenseLineRet>`,
  ],
  [
    'DepositQuery',
    {
      element: 'DepositRet',
      value: {
        ...txn,
        TxnDate: '2026-01-05',
        DepositToAccountRef: ref,
        DepositTotal: 1200,
        CashBackInfoRet: { TxnLineID: 'L-3', AccountRef: ref, Amount: 300 },
        DepositLineRet: [
          { TxnLineID: 'L-1', EntityRef: ref, AccountRef: ref, Memo: 'refund', CheckNumber: '5', Amount: 1000 },
          { TxnType: 'ReceivePayment', TxnID: 'P-1', TxnLineID: 'L-2', PaymentTxnLineID: 'L-9', Amount: 500 },
        ],
      },
    },
    `${TXN}<TxnDate>2026-01-05</TxnDate><DepositToAccountRef>${REF}</DepositToAccountRef><DepositTotal>12.00</DepositTotal><CashBackInfoRet><TxnLineID>L-3</TxnLineID><AccountRef>${REF}</AccountRef><Amount>3.00</Amount></CashBackInfoRet><DepositLineRet><TxnLineID>L-1</TxnLineID><EntityRef>${REF}</EntityRef><AccountRef>${REF}</AccountRef><Memo>refund</Memo><CheckNumber>5</CheckNumber><Amount>10.00</Amount></DepositLineRet><DepositLineRet><TxnType>ReceivePayment</TxnType><TxnID>P-1</TxnID><TxnLineID>L-2</TxnLineID><PaymentTxnLineID>L-9</PaymentTxnLineID><Amount>5.00</Amount></DepositLineRet>`,
  ],
  [
    'JournalEntryQuery',
    {
      element: 'JournalEntryRet',
      value: {
        ...txn,
        TxnDate: '2026-01-05',
        RefNumber: 'J-1',
        IsAdjustment: true,
        JournalLines: [
          { JournalCreditLine: { TxnLineID: 'L-1', AccountRef: ref, Amount: 700, EntityRef: ref } },
          { JournalDebitLine: { TxnLineID: 'L-2', AccountRef: ref, Amount: 700, ClassRef: ref } },
        ],
      },
    },
    `${TXN}<TxnDate>2026-01-05</TxnDate><RefNumber>J-1</RefNumber><IsAdjustment>true</IsAdjustment><JournalCreditLine><TxnLineID>L-1</TxnLineID><AccountRef>${REF}</AccountRef><Amount>7.00</Amount><EntityRef>${REF}</EntityRef></JournalCreditLine><JournalDebitLine><TxnLineID>L-2</TxnLineID><AccountRef>${REF}</AccountRef><Amount>7.00</Amount><ClassRef>${REF}</ClassRef></JournalDebitLine>`,
  ],
  [
    'CreditCardChargeQuery',
    {
      element: 'CreditCardChargeRet',
      value: {
        ...txn,
        AccountRef: ref,
        PayeeEntityRef: ref,
        TxnDate: '2026-01-05',
        Amount: 400,
        ExpenseLineRet: [{ TxnLineID: 'L-1', AccountRef: ref, Amount: 400 }],
      },
    },
    `${TXN}<AccountRef>${REF}</AccountRef><PayeeEntityRef>${REF}</PayeeEntityRef><TxnDate>2026-01-05</TxnDate><Amount>4.00</Amount><ExpenseLineRet><TxnLineID>L-1</TxnLineID><AccountRef>${REF}</AccountRef><Amount>4.00</Amount></ExpenseLineRet>`,
  ],
  [
    'CreditCardCreditQuery',
    {
      element: 'CreditCardCreditRet',
      value: { ...txn, AccountRef: ref, TxnDate: '2026-01-05', Amount: 400, RefNumber: '8' },
    },
    `${TXN}<AccountRef>${REF}</AccountRef><TxnDate>2026-01-05</TxnDate><Amount>4.00</Amount><RefNumber>8</RefNumber>`,
  ],
  [
    'ItemReceiptQuery',
    {
      element: 'ItemReceiptRet',
      value: {
        ...txn,
        VendorRef: ref,
        APAccountRef: ref,
        TxnDate: '2026-01-05',
        TotalAmount: 1538,
        RefNumber: 'R-1',
        ItemLines: [{ ItemLineRet: { TxnLineID: 'L-1', ItemRef: ref, Amount: 1538 } }],
      },
    },
    `${TXN}<VendorRef>${REF}</VendorRef><APAccountRef>${REF}</APAccountRef><TxnDate>2026-01-05</TxnDate><TotalAmount>15.38</TotalAmount><RefNumber>R-1</RefNumber><ItemLineRet><TxnLineID>L-1</TxnLineID><ItemRef>${REF}</ItemRef><Amount>15.38</Amount></ItemLineRet>`,
  ],
  [
    'TxnDeletedQuery',
    {
      element: 'TxnDeletedRet',
      value: { TxnDelType: 'Bill', TxnID: 'A-1', TimeCreated: STAMP, TimeDeleted: STAMP, RefNumber: 'INV-7' },
    },
    `<TxnDelType>Bill</TxnDelType><TxnID>A-1</TxnID><TimeCreated>${STAMP}</TimeCreated><TimeDeleted>${STAMP}</TimeDeleted><RefNumber>INV-7</RefNumber>`,
  ],
  [
    'ListDeletedQuery',
    {
      element: 'ListDeletedRet',
      value: { ListDelType: 'Vendor', ListID: '8000-1', TimeDeleted: STAMP, FullName: 'Acme' },
    },
    `<ListDelType>Vendor</ListDelType><ListID>8000-1</ListID><TimeDeleted>${STAMP}</TimeDeleted><FullName>Acme</FullName>`,
  ],
  [
    'DataExtDefAdd',
    {
      element: 'DataExtDefRet',
      value: {
        OwnerID: OWNER,
        DataExtID: 1,
        DataExtName: 'Tandem',
        DataExtType: 'STR255TYPE',
        AssignToObject: ['Company'],
        DataExtListRequire: false,
        DataExtTxnRequire: false,
        DataExtFormatString: 'x',
      },
    },
    `<OwnerID>${OWNER}</OwnerID><DataExtID>1</DataExtID><DataExtName>Tandem</DataExtName><DataExtType>STR255TYPE</DataExtType><AssignToObject>Company</AssignToObject><DataExtListRequire>false</DataExtListRequire><DataExtTxnRequire>false</DataExtTxnRequire><DataExtFormatString>x</DataExtFormatString>`,
  ],
  [
    'DataExtAdd',
    {
      element: 'DataExtRet',
      value: { OwnerID: OWNER, DataExtName: 'Tandem', DataExtType: 'STR255TYPE', DataExtValue: 'acme' },
    },
    `<OwnerID>${OWNER}</OwnerID><DataExtName>Tandem</DataExtName><DataExtType>STR255TYPE</DataExtType><DataExtValue>acme</DataExtValue>`,
  ],
  [
    'TxnVoid',
    { element: 'TxnVoidRs', value: { TxnVoidType: 'Bill', TxnID: 'A-1', TimeModified: STAMP } },
    `<TxnVoidType>Bill</TxnVoidType><TxnID>A-1</TxnID><TimeModified>${STAMP}</TimeModified>`,
  ],
  [
    'TxnDel',
    { element: 'TxnDelRs', value: { TxnDelType: 'Bill', TxnID: 'A-1', TimeDeleted: STAMP } },
    `<TxnDelType>Bill</TxnDelType><TxnID>A-1</TxnID><TimeDeleted>${STAMP}</TimeDeleted>`,
  ],
];
