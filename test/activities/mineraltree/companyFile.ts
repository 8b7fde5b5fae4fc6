/**
 * A company file as a connector would speak of it, for pulls and outcomes made by hand: it holds ledger records, answers
 * pull requests page by page, and takes postings by reading their qbXML.
 */
import {
  MAX_PAGE_IDS,
  type Outcome,
  type Posting,
  type PostRequest,
  type PostResult,
  PROTOCOL,
  type Pull,
  type PullRequest,
} from '../../../src/contract/index.ts';
import {
  LEDGER_KINDS,
  type LedgerAccount,
  type LedgerBill,
  type LedgerKind,
  type LedgerRecords,
  type LedgerVendor,
} from '../../../src/domain/ledger.ts';
import { decodeRequest } from '../../../src/qbxml/index.ts';

type AnyRecord = LedgerRecords[LedgerKind];

export const ref = (id: string, name = id) => ({ id, name });

export const account = (id: string, type = 'Expense', editSequence = '1700000000'): LedgerAccount => ({
  id,
  editSequence,
  active: true,
  fullName: `Account ${id}`,
  type,
});

export const vendor = (id: string, more: Partial<LedgerVendor> = {}): LedgerVendor => ({
  id,
  editSequence: '1700000000',
  active: true,
  name: `Vendor ${id}`,
  ...more,
});

export const bill = (id: string, more: Partial<LedgerBill> = {}): LedgerBill => ({
  id,
  editSequence: '1700000000',
  vendor: ref('V1', 'Vendor V1'),
  apAccount: ref('AP', 'Account AP'),
  txnDate: '2026-03-01',
  dueDate: '2026-03-31',
  amountDueCents: 10_000,
  refNumber: `N-${id}`,
  isPaid: false,
  links: [],
  expenseLines: [{ lineId: `${id}-1`, amountCents: 10_000, account: ref('EXP', 'Account EXP') }],
  itemLines: [],
  groupLines: 0,
  ...more,
});

export class CompanyFile {
  readonly records = new Map<LedgerKind, Map<string, AnyRecord>>(LEDGER_KINDS.map((kind) => [kind, new Map()]));
  readonly deleted: Pull['deleted'][number][] = [];
  marker: string | undefined;
  clock = 1_700_000_100;
  keysPerPage = 5_000;
  /** What was sent, message set by message set. */
  readonly sent: string[] = [];
  /** What QuickBooks says to a posting instead of taking it. */
  refusing: ((posting: Posting) => Outcome | undefined) | undefined;

  constructor() {
    this.put('account', account('AP', 'AccountsPayable'));
    this.put('account', account('EXP'));
    this.put('account', account('BANK', 'Bank'));
    this.put('vendor', vendor('V1', { phone: '555-0100' }));
  }

  put<K extends LedgerKind>(kind: K, record: LedgerRecords[K]): void {
    this.records.get(kind)?.set(record.id, record);
  }

  /** A person edits a record: its edit sequence moves. */
  edit<K extends LedgerKind>(kind: K, id: string, changes: Partial<LedgerRecords[K]>): void {
    const record = this.records.get(kind)?.get(id);
    if (record === undefined) throw new Error(`no ${kind} ${id}`);
    this.clock += 10;
    this.records.get(kind)?.set(id, { ...record, ...changes, editSequence: String(this.clock) } as AnyRecord);
  }

  delete(kind: LedgerKind, id: string): void {
    this.records.get(kind)?.delete(id);
    this.deleted.push({ kind, id, deletedAt: '2026-03-02T10:00:00-08:00' });
  }

  bills(): LedgerBill[] {
    return [...(this.records.get('bill')?.values() ?? [])].filter((one) => 'amountDueCents' in one);
  }

  pull(request: PullRequest): Pull {
    const { page } = request;
    this.clock += 1;
    const base: Pull = {
      protocol: PROTOCOL,
      companyId: request.companyId,
      pullId: request.pullId,
      connector: 'office-pc#1',
      connectorVersion: '0.1.0',
      clock: this.clock,
      records: {},
      unreadable: [],
      gone: [],
      deleted: [],
      balances: [],
      watermarks: {},
      overflow: [],
      visit: { nextDueMs: 300_000 },
      ...(this.marker !== undefined && { marker: this.marker }),
    };
    if (page.kind === 'keys') {
      const after = Number(page.after ?? 0);
      const all = [...(this.records.get(page.of)?.values() ?? [])];
      const found = all.slice(after, after + this.keysPerPage).map((one) => [one.id, one.editSequence] as const);
      const end = after + this.keysPerPage;
      return { ...base, keys: { of: page.of, found, ...(end < all.length && { next: String(end) }) } };
    }
    if (page.kind === 'records') {
      const all = this.records.get(page.of);
      const found = page.ids.flatMap((id) => all?.get(id) ?? []);
      return { ...base, records: { [page.of]: found }, gone: page.ids.filter((id) => !all?.has(id)) };
    }
    const records: Partial<Record<LedgerKind, AnyRecord[]>> = {};
    const overflow: LedgerKind[] = [];
    for (const kind of LEDGER_KINDS) {
      const since = request.watermarks[kind];
      if (since === undefined) continue;
      const seen = new Set((request.seen[kind] ?? []).map((key) => key.join(' ')));
      const changed = [...(this.records.get(kind)?.values() ?? [])].filter(
        ({ id, editSequence }) => Number(editSequence) >= since - 7_200 && !seen.has(`${id} ${editSequence}`),
      );
      if (changed.length > MAX_PAGE_IDS) overflow.push(kind);
      else if (changed.length > 0) records[kind] = changed;
    }
    return {
      ...base,
      records: records as Pull['records'],
      deleted: this.deleted,
      preferences: { classTracking: true, multiCurrency: false },
      overflow,
      watermarks: Object.fromEntries(
        [...LEDGER_KINDS.filter((kind) => !overflow.includes(kind)), 'deletedTransactions', 'deletedEntries'].map(
          (kind) => [kind, this.clock],
        ),
      ),
    };
  }

  post(batch: PostRequest): PostResult {
    const outcomes = batch.postings.map(
      (posting) => this.refusing?.(posting) ?? this.#take(posting, batch.mayHaveBeenSent),
    );
    this.marker = batch.file.expected;
    return {
      protocol: PROTOCOL,
      companyId: batch.companyId,
      batchId: batch.batchId,
      connector: 'office-pc#1',
      outcomes,
      stopped: false,
      marker: this.marker,
      warnings: [],
      visit: { nextDueMs: 300_000 },
    };
  }

  #take(posting: Posting, mayHaveBeenSent: boolean): Outcome {
    const { messageSetId } = posting;
    const request = decodeRequest(posting.xml).set.requests[0];
    this.clock += 1;
    const editSequence = String(this.clock);
    if (request?.type === 'BillAdd' && posting.kind === 'BillAdd') {
      const there = this.bills().find(({ guid }) => guid === posting.match.guid);
      if (there !== undefined) {
        if (!mayHaveBeenSent) throw new Error(`posted twice: ${posting.match.guid}`);
        return { kind: 'posted', messageSetId, how: 'foundByGuid', bill: there };
      }
      this.sent.push(messageSetId);
      const add = request.body.BillAdd;
      const id = `T${this.clock}`;
      const lines = (add.ExpenseLineAdd ?? []).map((line, index) => ({
        lineId: `${id}-${index + 1}`,
        amountCents: line.Amount ?? 0,
        account: ref(line.AccountRef?.ListID ?? ''),
        ...(line.Memo !== undefined && { memo: line.Memo }),
      }));
      const made: LedgerBill = {
        id,
        editSequence,
        vendor: ref(add.VendorRef.ListID ?? '', `Vendor ${add.VendorRef.ListID}`),
        apAccount: ref('AP', 'Account AP'),
        txnDate: add.TxnDate ?? '',
        ...(add.DueDate !== undefined && { dueDate: add.DueDate }),
        amountDueCents: lines.reduce((sum, line) => sum + line.amountCents, 0),
        ...(add.RefNumber !== undefined && { refNumber: add.RefNumber }),
        ...(add.Memo !== undefined && { memo: add.Memo }),
        ...(add.ExternalGUID !== undefined && { guid: add.ExternalGUID }),
        isPaid: false,
        links: [],
        expenseLines: lines,
        itemLines: [],
        groupLines: 0,
      };
      this.put('bill', made);
      return { kind: 'posted', messageSetId, how: 'sent', bill: made };
    }
    if (request?.type === 'BillMod' && posting.kind === 'BillMod') {
      this.sent.push(messageSetId);
      const mod = request.body.BillMod;
      const before = this.bills().find(({ id }) => id === mod.TxnID);
      if (before === undefined) throw new Error(`no bill ${mod.TxnID}`);
      const lines = mod.ExpenseLineMod?.map((line, index) => ({
        lineId: line.TxnLineID === '-1' ? `${before.id}-n${index}` : line.TxnLineID,
        amountCents: line.Amount ?? 0,
        account: ref(line.AccountRef?.ListID ?? 'EXP'),
      }));
      const after: LedgerBill = {
        ...before,
        editSequence,
        ...(mod.Memo !== undefined && { memo: mod.Memo }),
        ...(mod.RefNumber !== undefined && { refNumber: mod.RefNumber }),
        ...(mod.TxnDate !== undefined && { txnDate: mod.TxnDate }),
        ...(lines && {
          expenseLines: lines,
          amountDueCents: lines.reduce((sum, line) => sum + line.amountCents, 0),
        }),
      };
      this.put('bill', after);
      return { kind: 'posted', messageSetId, how: 'sent', bill: after };
    }
    if (request?.type === 'VendorMod' && posting.kind === 'VendorMod') {
      this.sent.push(messageSetId);
      const mod = request.body.VendorMod;
      const before = this.records.get('vendor')?.get(mod.ListID);
      if (before === undefined || !('name' in before)) throw new Error(`no vendor ${mod.ListID}`);
      const after = { ...before, editSequence, ...(mod.Phone !== undefined && { phone: mod.Phone }) } as LedgerVendor;
      this.put('vendor', after);
      return { kind: 'posted', messageSetId, how: 'sent', vendor: after };
    }
    throw new Error(`a posting that cannot be: ${posting.kind}`);
  }
}
