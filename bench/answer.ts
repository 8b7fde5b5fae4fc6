/**
 * An answer of QuickBooks to a query of bills, as large as wanted, with every kind of field that a bill has: addresses,
 * references, expense and item lines, links, references to characters. The same size gives the same bytes.
 *
 * QuickBooks writes each element on a line of its own; `compact` leaves the line ends out, as the sandbox does.
 */
import { encodeResponse, type RecordOf } from '../src/qbxml/index.ts';

const EXPENSE_LINES = 3;
const ITEM_LINES = 2;

/** At least `bytes` long, and less than a bill longer than a hundredth over it. */
export function billAnswer(bytes: number, { compact = false } = {}): { readonly xml: string; readonly bills: number } {
  const perBill = (answerOf(101, compact).length - answerOf(1, compact).length) / 100;
  const bills = Math.ceil(bytes / perBill);
  return { xml: answerOf(bills, compact), bills };
}

function answerOf(bills: number, compact: boolean): string {
  const records = Array.from({ length: bills }, (_, index) => ({ element: 'BillRet', value: bill(index) }) as const);
  const xml = encodeResponse({
    responses: [
      {
        type: 'BillQuery',
        requestID: '1',
        status: { code: 0, severity: 'Info', message: 'Status OK' },
        retCount: bills,
        iteratorRemainingCount: 0,
        iteratorID: '{00000000-0000-4000-8000-000000000001}',
        records,
      },
    ],
  });
  return compact ? xml : xml.replaceAll('><', '>\n<');
}

const reference = (list: string, index: number, name: string) => ({
  ListID: `${list}${(index % 4_096).toString(16).toUpperCase().padStart(4, '0')}-1735837286`,
  FullName: name,
});

function bill(index: number): RecordOf<'BillRet'> {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const amountCents = 104_000 + index;
  return {
    TxnID: `${(0x1a00 + index).toString(16).toUpperCase()}-1735837286`,
    TimeCreated: `2026-03-${day}T09:12:44-05:00`,
    TimeModified: `2026-03-${day}T09:12:44-05:00`,
    EditSequence: String(1_735_837_286 + index),
    TxnNumber: 1_001 + index,
    VendorRef: reference('8000', index, `Acorn & Sons ${index % 900}`),
    VendorAddress: {
      Addr1: `Acorn & Sons ${index % 900}`,
      Addr2: `${1 + (index % 400)} Main Street`,
      City: 'Portland',
      State: 'ME',
      PostalCode: '04101',
      Country: 'USA',
    },
    APAccountRef: reference('8001', 0, 'Accounts Payable'),
    TxnDate: `2026-03-${day}`,
    DueDate: `2026-04-${day}`,
    AmountDue: amountCents,
    RefNumber: `S-${1_001 + index}`,
    TermsRef: reference('8002', 0, 'Net 30'),
    Memo: `Order ${7_000 + index}, café supplies "as agreed"`,
    IsPaid: index % 3 === 0,
    LinkedTxn:
      index % 3 === 0
        ? [
            {
              TxnID: `${(0x9a00 + index).toString(16).toUpperCase()}-1738515686`,
              TxnType: 'BillPaymentCheck',
              TxnDate: `2026-04-${day}`,
              RefNumber: String(5_000 + index),
              LinkType: 'AMTTYPE',
              Amount: -amountCents,
            },
          ]
        : [],
    ExpenseLineRet: Array.from({ length: EXPENSE_LINES }, (_, line) => ({
      TxnLineID: `${(0x1a00 + index).toString(16).toUpperCase()}${line}-1735837286`,
      AccountRef: reference('8003', line, `Office Supplies:Paper ${line}`),
      Amount: 20_000 + line,
      Memo: `line ${line}`,
      CustomerRef: reference('8004', index, `Harbor Crafts:Job ${index % 50}`),
      ClassRef: reference('8005', line, 'West'),
      BillableStatus: 'Billable',
    })),
    ItemLines: Array.from({ length: ITEM_LINES }, (_, line) => ({
      ItemLineRet: {
        TxnLineID: `${(0x1a00 + index).toString(16).toUpperCase()}${line + EXPENSE_LINES}-1735837286`,
        ItemRef: reference('8006', line, `Hardware:Bolt ${line}`),
        Desc: 'Bolt, galvanised',
        Quantity: { units: 4 + line, scale: 0 },
        Cost: { units: 10_500 + line, scale: 4 },
        Amount: 22_000 + line,
        ClassRef: reference('8005', line, 'West'),
      },
    })),
    OpenAmount: index % 3 === 0 ? 0 : amountCents,
  };
}
