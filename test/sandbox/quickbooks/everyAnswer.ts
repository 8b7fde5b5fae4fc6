/**
 * One real answer of the sandbox to every request that it knows, with the request: for checks of the wire.
 *
 * The message sets are kept by name; each is one document that ProcessRequest took, and the document that it gave.
 */
import { openDesk, rows } from './desk.ts';

export interface Exchange {
  readonly request: string;
  readonly answer: string;
}

const OWNER = '{6d3fbd92-0000-4000-8000-000000000001}';
const DATE = '<TxnDate>2026-03-02</TxnDate>';
const LINE = '<ExpenseLineAdd><AccountRef><FullName>Rent</FullName></AccountRef><Amount>1.00</Amount></ExpenseLineAdd>';

const document = (requests: string, attributes = ''): string =>
  `<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="continueOnError"${attributes}>${requests}</QBXMLMsgsRq></QBXML>`;

/** Starts a sandbox, asks it everything, and ends it. */
export async function everyAnswer(): Promise<ReadonlyMap<string, Exchange>> {
  const desk = await openDesk();
  const session = await desk.session();
  const exchanges = new Map<string, Exchange>();
  const ask = async (name: string, requests: string, attributes = ''): Promise<void> => {
    const request = document(requests, attributes);
    const { result, hresult } = await session.raw(request);
    if (typeof result !== 'string') throw new Error(`${name}: ${String(hresult)}`);
    exchanges.set(name, { request, answer: result });
  };
  await desk.move('set-closing-date', { date: '2025-01-01' });
  await desk.move('add-vendor', { name: 'Gone' });
  await desk.move('delete-vendor', { vendor: 'Gone' });
  const bill = await desk.move('enter-bill', {
    vendor: 'Acorn Tools',
    refNumber: 'E-1',
    memo: 'Caf\u00e9 & <Co>',
    expenseLines: [{ account: 'Rent', amount: '1.00', customer: 'Harbor Hotel', class: 'East', memo: 'line' }],
    itemLines: [
      { item: 'Door Set', quantity: '1' },
      { item: 'Paper A4', quantity: '1.5' },
    ],
  });
  const short = await desk.move('enter-bill', {
    vendor: 'Acorn Tools',
    expenseLines: [{ account: 'Rent', amount: '2.00' }],
  });
  const vendor = rows((await desk.books()).vendors)[0];

  await ask(
    'company',
    '<HostQueryRq><IncludeListMetaData><IncludeMaxCapacity>true</IncludeMaxCapacity></IncludeListMetaData></HostQueryRq><PreferencesQueryRq/><CompanyQueryRq/>',
  );
  await ask(
    'definitions',
    `<DataExtDefAddRq><DataExtDefAdd><OwnerID>${OWNER}</OwnerID><DataExtName>M</DataExtName><DataExtType>STR255TYPE</DataExtType><AssignToObject>Company</AssignToObject></DataExtDefAdd></DataExtDefAddRq><DataExtDefQueryRq/>`,
  );
  for (const how of ['Add', 'Mod'])
    await ask(
      `value${how}`,
      `<DataExt${how}Rq><DataExt${how}><OwnerID>${OWNER}</OwnerID><DataExtName>M</DataExtName><OtherDataExtType>Company</OtherDataExtType><DataExtValue>v</DataExtValue></DataExt${how}></DataExt${how}Rq><CompanyQueryRq><OwnerID>${OWNER}</OwnerID></CompanyQueryRq>`,
    );
  await ask(
    'lists',
    '<AccountQueryRq metaData="MetaDataAndResponseData"/><ClassQueryRq/><CustomerQueryRq/><ItemQueryRq/><TermsQueryRq/><StandardTermsQueryRq/><DateDrivenTermsQueryRq/><VendorQueryRq/>',
  );
  await ask(
    'bills',
    '<BillQueryRq><IncludeLineItems>true</IncludeLineItems><IncludeLinkedTxns>true</IncludeLinkedTxns></BillQueryRq><BillToPayQueryRq><PayeeEntityRef><FullName>Acorn Tools</FullName></PayeeEntityRef></BillToPayQueryRq>',
  );
  await ask(
    'nothing',
    '<VendorCreditQueryRq/><CheckQueryRq/><DepositQueryRq/><JournalEntryQueryRq/><CreditCardChargeQueryRq/><CreditCardCreditQueryRq/><ItemReceiptQueryRq/><CurrencyQueryRq/><BillPaymentCheckQueryRq/><BillPaymentCreditCardQueryRq/><BillQueryRq><TxnID>AB-1</TxnID></BillQueryRq><BillQueryRq><TxnID>A</TxnID></BillQueryRq>',
  );
  await ask('iterator', '<BillQueryRq iterator="Start" requestID="1"><MaxReturned>1</MaxReturned></BillQueryRq>');
  const entry = `<VendorRef><FullName>New</FullName></VendorRef>${DATE}<ExternalGUID>${OWNER}</ExternalGUID>${LINE}`;
  const payment = (account: string, number: string): string =>
    `<PayeeEntityRef><FullName>New</FullName></PayeeEntityRef>${DATE}<${account}><FullName>Checking</FullName></${account}>${number}<AppliedToTxnAdd><TxnID>${bill.id}</TxnID><PaymentAmount>1.00</PaymentAmount></AppliedToTxnAdd>`;
  await ask(
    'writes',
    `<VendorAddRq><VendorAdd><Name>New</Name></VendorAdd></VendorAddRq>
     <VendorModRq><VendorMod><ListID>${vendor?.id}</ListID><EditSequence>${vendor?.editSequence}</EditSequence><Phone>1</Phone></VendorMod></VendorModRq>
     <StandardTermsAddRq><StandardTermsAdd><Name>New</Name></StandardTermsAdd></StandardTermsAddRq>
     <DateDrivenTermsAddRq><DateDrivenTermsAdd><Name>New day</Name><DayOfMonthDue>10</DayOfMonthDue></DateDrivenTermsAdd></DateDrivenTermsAddRq>
     <BillAddRq><BillAdd>${entry}</BillAdd></BillAddRq>
     <VendorCreditAddRq><VendorCreditAdd>${entry}</VendorCreditAdd></VendorCreditAddRq>
     <VendorCreditModRq><VendorCreditMod><TxnID>${bill.id}</TxnID><EditSequence>1</EditSequence></VendorCreditMod></VendorCreditModRq>
     <BillPaymentCheckModRq><BillPaymentCheckMod><TxnID>${bill.id}</TxnID><EditSequence>1</EditSequence></BillPaymentCheckMod></BillPaymentCheckModRq>
     <BillModRq><BillMod><TxnID>${bill.id}</TxnID><EditSequence>${bill.editSequence}</EditSequence><Memo>x</Memo></BillMod></BillModRq>
     <TxnVoidRq><TxnVoidType>Bill</TxnVoidType><TxnID>${bill.id}</TxnID></TxnVoidRq>
     <TxnDelRq><TxnDelType>Bill</TxnDelType><TxnID>${short.id}</TxnID></TxnDelRq>
     <BillPaymentCheckAddRq><BillPaymentCheckAdd>${payment('BankAccountRef', '<RefNumber>1</RefNumber>')}</BillPaymentCheckAdd></BillPaymentCheckAddRq>
     <BillPaymentCreditCardAddRq><BillPaymentCreditCardAdd>${payment('CreditCardAccountRef', '')}</BillPaymentCreditCardAdd></BillPaymentCreditCardAddRq>`,
    ' newMessageSetID="every-1"',
  );
  await ask('stored', '', ' newMessageSetID="every-1" oldMessageSetID="every-1"');
  await ask(
    'deletions',
    '<TxnDeletedQueryRq><TxnDelType>Bill</TxnDelType></TxnDeletedQueryRq><ListDeletedQueryRq><ListDelType>Vendor</ListDelType></ListDeletedQueryRq>',
  );
  await desk.stop();
  return exchanges;
}
