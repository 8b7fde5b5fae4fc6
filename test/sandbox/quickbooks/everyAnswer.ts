/**
 * One real answer of the sandbox to every request that it knows, with the request: for checks of the wire.
 *
 * The message sets are kept by name; each is one document that ProcessRequest took, and the document that it gave.
 */
import { decodeResponse, type RecordName, type RecordOf, recordsOf } from '../../../src/qbxml/index.ts';
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
  /** Asks, and gives the first record of that kind in the answers. */
  const asked = async <E extends RecordName>(
    name: string,
    element: E,
    requests: string,
    attributes = '',
  ): Promise<RecordOf<E>> => {
    await ask(name, requests, attributes);
    const { responses } = decodeResponse(exchanges.get(name)?.answer ?? '');
    const [found] = responses.flatMap((response) => recordsOf(response, element));
    if (found === undefined) throw new Error(`${name}: no ${element} in ${JSON.stringify(responses)}`);
    return found;
  };
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
  const entry = `<VendorRef><FullName>Acorn Tools</FullName></VendorRef>${DATE}<ExternalGUID>${OWNER}</ExternalGUID>${LINE}`;
  const changed = (of: { TxnID?: string; EditSequence?: string }): string =>
    `<TxnID>${of.TxnID}</TxnID><EditSequence>${of.EditSequence}</EditSequence>`;
  const credit = await asked(
    'writes',
    'VendorCreditRet',
    `<VendorAddRq><VendorAdd><Name>New</Name></VendorAdd></VendorAddRq>
     <VendorModRq><VendorMod><ListID>${vendor?.id}</ListID><EditSequence>${vendor?.editSequence}</EditSequence><Phone>1</Phone></VendorMod></VendorModRq>
     <StandardTermsAddRq><StandardTermsAdd><Name>New</Name></StandardTermsAdd></StandardTermsAddRq>
     <DateDrivenTermsAddRq><DateDrivenTermsAdd><Name>New day</Name><DayOfMonthDue>10</DayOfMonthDue></DateDrivenTermsAdd></DateDrivenTermsAddRq>
     <BillAddRq><BillAdd>${entry}</BillAdd></BillAddRq>
     <BillModRq><BillMod>${changed({ TxnID: String(bill.id), EditSequence: String(bill.editSequence) })}<Memo>x</Memo></BillMod></BillModRq>
     <VendorCreditAddRq><VendorCreditAdd>${entry}</VendorCreditAdd></VendorCreditAddRq>`,
    ' newMessageSetID="every-1"',
  );
  const payment = (account: string, name: string, number: string, applied: string): string =>
    `<PayeeEntityRef><FullName>Acorn Tools</FullName></PayeeEntityRef>${DATE}<${account}><FullName>${name}</FullName></${account}>${number}${applied}`;
  const applied = (kind: string, txnId: unknown, how: string): string =>
    `<AppliedToTxn${kind}><TxnID>${txnId}</TxnID>${how}</AppliedToTxn${kind}>`;
  const setCredit = `<SetCredit><CreditTxnID>${credit.TxnID}</CreditTxnID><AppliedAmount>0.20</AppliedAmount></SetCredit>`;
  const discounted = `<PaymentAmount>1.00</PaymentAmount>${setCredit}<DiscountAmount>0.10</DiscountAmount><DiscountAccountRef><FullName>Freight</FullName></DiscountAccountRef><DiscountClassRef><FullName>East</FullName></DiscountClassRef>`;
  const check = await asked(
    'payments',
    'BillPaymentCheckRet',
    `<BillPaymentCheckAddRq><BillPaymentCheckAdd>${payment('BankAccountRef', 'Checking', '<RefNumber>1</RefNumber>', applied('Add', bill.id, discounted))}</BillPaymentCheckAdd></BillPaymentCheckAddRq>
     <BillPaymentCreditCardAddRq><BillPaymentCreditCardAdd>${payment('CreditCardAccountRef', 'Company Card', '', applied('Add', short.id, '<PaymentAmount>0.50</PaymentAmount>'))}</BillPaymentCreditCardAdd></BillPaymentCreditCardAddRq>
     <BillPaymentCheckAddRq><BillPaymentCheckAdd>${payment('BankAccountRef', 'Checking', '<IsToBePrinted>true</IsToBePrinted>', applied('Add', short.id, setCredit))}</BillPaymentCheckAdd></BillPaymentCheckAddRq>`,
    ' newMessageSetID="every-2"',
  );
  const whole = '<IncludeLineItems>true</IncludeLineItems>';
  const linked = `${whole}<IncludeLinkedTxns>true</IncludeLinkedTxns>`;
  await ask(
    'payables',
    `<BillQueryRq>${linked}</BillQueryRq><VendorCreditQueryRq>${linked}</VendorCreditQueryRq>
     <BillPaymentCheckQueryRq>${whole}</BillPaymentCheckQueryRq><BillPaymentCreditCardQueryRq>${whole}</BillPaymentCreditCardQueryRq>
     <BillToPayQueryRq><PayeeEntityRef><FullName>Acorn Tools</FullName></PayeeEntityRef></BillToPayQueryRq>`,
  );
  const creditNow = await asked(
    'credit',
    'VendorCreditRet',
    `<VendorCreditQueryRq><TxnID>${credit.TxnID}</TxnID></VendorCreditQueryRq>`,
  );
  await ask(
    'changes',
    `<VendorCreditModRq><VendorCreditMod>${changed(creditNow)}<Memo>x</Memo></VendorCreditMod></VendorCreditModRq>
     <BillPaymentCheckModRq><BillPaymentCheckMod>${changed(check)}${applied('Mod', bill.id, '<PaymentAmount>0.75</PaymentAmount>')}</BillPaymentCheckMod></BillPaymentCheckModRq>
     <TxnVoidRq><TxnVoidType>BillPaymentCheck</TxnVoidType><TxnID>${check.TxnID}</TxnID></TxnVoidRq>
     <TxnDelRq><TxnDelType>VendorCredit</TxnDelType><TxnID>${credit.TxnID}</TxnID></TxnDelRq>`,
    ' newMessageSetID="every-3"',
  );
  const line = { account: 'Accounts Payable', amount: '3.00', vendor: 'Acorn Tools', memo: 'a <line>' };
  const head = { memo: 'other', vendor: 'Acorn Tools', refNumber: '12345678901' };
  const spent = await desk.move('enter-check', { ...head, account: 'Checking', lines: [line] });
  const unlogged = await desk.move('enter-check', { account: 'Checking', lines: [line] });
  await desk.move('enter-charge', { ...head, account: 'Company Card', lines: [line] });
  await desk.move('enter-card-refund', { ...head, account: 'Company Card', lines: [line] });
  await desk.move('enter-deposit', { account: 'Checking', memo: 'other', lines: [line] });
  await desk.move('enter-journal', {
    ...head,
    lines: [
      { account: 'Rent', debit: '3.00', memo: 'd' },
      { account: 'Accounts Payable', credit: '3.00', vendor: 'Acorn Tools' },
    ],
  });
  const receipt = await desk.move('enter-item-receipt', {
    ...head,
    lines: [{ account: 'Office Supplies', amount: '3.00' }],
  });
  await desk.move('enter-item-receipt', { vendor: 'Acorn Tools', lines: [{ account: 'Freight', amount: '3.00' }] });
  await desk.move('enter-bill', {
    vendor: 'Acorn Tools',
    orders: [receipt.id],
    expenseLines: [{ account: 'Office Supplies', amount: '3.00' }],
  });
  await desk.move('set-credits', { bill: short.id, credits: [{ txnId: spent.id, amount: '0.30' }] });
  const others = `<CheckQueryRq>${linked}</CheckQueryRq><DepositQueryRq>${whole}</DepositQueryRq><JournalEntryQueryRq>${whole}</JournalEntryQueryRq>
     <CreditCardChargeQueryRq>${whole}</CreditCardChargeQueryRq><CreditCardCreditQueryRq>${whole}</CreditCardCreditQueryRq>
     <ItemReceiptQueryRq>${linked}</ItemReceiptQueryRq>`;
  const toPay =
    '<BillToPayQueryRq><PayeeEntityRef><FullName>Acorn Tools</FullName></PayeeEntityRef></BillToPayQueryRq>';
  await ask('others', `${others}<BillQueryRq>${linked}</BillQueryRq>${toPay}`);
  await ask('heads', others.replaceAll(whole, '').replaceAll('<IncludeLinkedTxns>true</IncludeLinkedTxns>', ''));
  await ask('voids', `<TxnVoidRq><TxnVoidType>Check</TxnVoidType><TxnID>${unlogged.id}</TxnID></TxnVoidRq>${others}`);
  await desk.move('set-discount-account', { account: 'Freight' });
  await desk.move('accountants-copy', { dividingDate: '2024-12-31' });
  await desk.move('set-home-currency', { name: 'US Dollar', code: 'USD' });
  await desk.move('add-currency', { name: 'Canadian Dollar', code: 'CAD', exchangeRate: '0.75' });
  await desk.move('add-account', { name: 'A/P CAD', type: 'AccountsPayable', currency: 'Canadian Dollar' });
  await desk.move('add-vendor', { name: 'Maple Paper', currency: 'Canadian Dollar' });
  const lines = { vendor: 'Maple Paper', expenseLines: [{ account: 'Rent', amount: '9.00' }] };
  const maple = await desk.move('enter-bill', lines);
  await desk.move('enter-credit', { ...lines, expenseLines: [{ account: 'Rent', amount: '1.00' }] });
  const methods = { check: 'Checking', creditCard: 'Company Card' };
  for (const [method, account] of Object.entries(methods))
    await desk.move('pay-bills', { method, account, bills: [{ txnId: maple.id, amount: '1.00' }] });
  await ask(
    'currencies',
    `<PreferencesQueryRq/><CompanyQueryRq/><CurrencyQueryRq/><AccountQueryRq/><VendorQueryRq/>${others}
     <BillQueryRq>${linked}</BillQueryRq><VendorCreditQueryRq>${linked}</VendorCreditQueryRq>
     <BillPaymentCheckQueryRq>${whole}</BillPaymentCheckQueryRq><BillPaymentCreditCardQueryRq>${whole}</BillPaymentCreditCardQueryRq>
     ${toPay}${toPay.replace('Acorn Tools', 'Maple Paper')}`,
  );
  await ask('stored', '', ' newMessageSetID="every-2" oldMessageSetID="every-2"');
  await ask(
    'deletions',
    '<TxnDeletedQueryRq><TxnDelType>Bill</TxnDelType><TxnDelType>VendorCredit</TxnDelType></TxnDeletedQueryRq><ListDeletedQueryRq><ListDelType>Vendor</ListDelType></ListDeletedQueryRq>',
  );
  await desk.stop();
  return exchanges;
}
