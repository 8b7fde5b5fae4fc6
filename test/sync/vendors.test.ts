import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerAddress } from '../../src/domain/ledger.ts';
import { countryCode, toLedgerAddress, toPayablesAddress, writtenAddress } from '../../src/sync/addresses.ts';
import {
  CONTACT_FIELDS,
  type ContactOfLedger,
  type ContactOfPayables,
  contactOfLedger,
  contactOfPayables,
  decideVendor,
  digestOf,
  mapVendor,
  mergeVendor,
  movedBase,
  planVendorMod,
} from '../../src/sync/index.ts';
import { payablesVendor, vendor, without } from './acme.ts';

const ledger = contactOfLedger(vendor());
const payables = contactOfPayables(payablesVendor());
const base = { ledger, payables };
const merge = (mine: ContactOfLedger, theirs: ContactOfPayables, vendorEdits = true, from = base) =>
  mergeVendor({ name: 'Acme Paper', ledger: mine, payables: theirs, base: from, vendorEdits });

describe('a vendor of QuickBooks in MineralTree', () => {
  it('arrives with address, phone, e-mail and name on checks', () => {
    const { id: _id, modified: _modified, ...draft } = payablesVendor({ customerAccount: '4711', fax: '1' });
    assert.deepEqual(mapVendor(vendor({ accountNumber: '4711', fax: '1' })), { draft });
  });

  it('arrives as inactive when it is', () => {
    const mapped = mapVendor(vendor({ active: false }));
    assert.ok('draft' in mapped && !mapped.draft.active);
  });

  it('kept in another currency is listed, not moved', () =>
    assert.deepEqual(mapVendor(vendor({ currency: { id: '1', name: 'Euro' } })), {
      problems: [{ code: 'vendorInOtherCurrency', params: { vendor: 'Acme Paper', currency: 'Euro' } }],
    }));
});

describe('addresses', () => {
  const countries: readonly (readonly [typed: string | undefined, code: string | undefined])[] = [
    ['USA', 'USA'],
    ['U.S.A.', 'USA'],
    [' united states ', 'USA'],
    ['usa', 'USA'],
    ['Deutschland', 'DEU'],
    ['Middle Earth', undefined],
    ['constructor', undefined],
    ['', undefined],
    [undefined, undefined],
  ];
  for (const [typed, code] of countries)
    it(`the country "${typed ?? ''}" is ${code ?? 'not told'}`, () => assert.equal(countryCode(typed), code));

  it('a country as typed and the note stay in QuickBooks when the street changes in MineralTree', () => {
    const moved = { ...payables.address, lines: ['2 Mill Street'] };
    assert.deepEqual(toLedgerAddress(moved, ledger.address), { ...ledger.address, lines: ['2 Mill Street'] });
  });

  it('a country that nobody can tell stays too', () => {
    const before = { lines: ['1 Bag End'], country: 'Middle Earth' };
    assert.deepEqual(toLedgerAddress({ lines: ['2 Bag End'] }, before), {
      lines: ['2 Bag End'],
      country: 'Middle Earth',
    });
  });

  it('another country replaces the one that QuickBooks had', () =>
    assert.equal(toLedgerAddress({ lines: ['1 Rue'], country: 'FRA' }, ledger.address)?.country, 'FRA'));

  it('are written on one line for a person', () => {
    assert.equal(writtenAddress({ lines: ['1 Mill Street', ''], city: 'Lowell' }), '1 Mill Street, Lowell');
    assert.equal(writtenAddress({ lines: ['1 Mill Street'], region: 'MA', country: 'USA' }), '1 Mill Street, MA, USA');
    assert.equal(
      writtenAddress({ lines: ['1 Mill Street'], state: 'MA', postalCode: '01850' }),
      '1 Mill Street, MA, 01850',
    );
    assert.equal(writtenAddress({ lines: [] }), '(none)');
    assert.equal(writtenAddress(undefined), '(none)');
  });

  it('without anything in it is none', () => {
    assert.equal(toPayablesAddress(undefined), undefined);
    assert.equal(toPayablesAddress({ lines: [''] }), undefined);
    assert.equal(toLedgerAddress({ lines: [] }, ledger.address), undefined);
  });

  it('there and back is the same address', () => {
    const part = fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: undefined });
    const address = fc.record({
      lines: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      city: part,
      state: part,
      postalCode: part,
      country: part,
      note: part,
    });
    fc.assert(
      fc.property(address, (typed) => {
        const present: LedgerAddress = {
          lines: typed.lines,
          ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)),
        };
        assert.deepEqual(toLedgerAddress(toPayablesAddress(present), present), present);
      }),
    );
  });
});

describe('a vendor that was changed', () => {
  it('nowhere: nothing is written', () =>
    assert.deepEqual(merge(ledger, payables), { conflicts: [], settled: [], posting: [] }));

  it('in QuickBooks: the field goes to MineralTree', () =>
    assert.deepEqual(merge({ ...ledger, phone: '617-555-0199' }, payables), {
      toPayables: { phone: '617-555-0199' },
      conflicts: [],
      settled: ['phone'],
      posting: [],
    }));

  it('in MineralTree: the field goes to QuickBooks', () =>
    assert.deepEqual(merge(ledger, { ...payables, legalName: 'ACME' }), {
      toLedger: { nameOnCheck: 'ACME' },
      conflicts: [],
      settled: [],
      posting: ['nameOnCheck'],
    }));

  it('in MineralTree, where the company switched that off: nothing goes to QuickBooks', () =>
    assert.deepEqual(merge(ledger, { ...payables, legalName: 'ACME' }, false), {
      conflicts: [],
      settled: [],
      posting: [],
    }));

  it('on both sides, where the company switched that off: QuickBooks goes over', () =>
    assert.deepEqual(merge({ ...ledger, phone: '1' }, { ...payables, phone: '2' }, false).toPayables, { phone: '1' }));

  it('on both sides to the same: they agree, nothing is written', () =>
    assert.deepEqual(merge({ ...ledger, phone: '1' }, { ...payables, phone: '1' }), {
      conflicts: [],
      settled: ['phone'],
      posting: [],
    }));

  it('on both sides, in other fields: each goes over', () => {
    const merged = merge({ ...ledger, phone: '1' }, { ...payables, email: 'x@acme.example' });
    assert.deepEqual([merged.toPayables, merged.toLedger], [{ phone: '1' }, { email: 'x@acme.example' }]);
  });

  it('on both sides, in the same field: neither is overwritten, both are shown', () => {
    const merged = merge({ ...ledger, phone: '1' }, without(payables, 'phone'));
    assert.deepEqual(merged, {
      conflicts: [
        {
          code: 'vendorConflict',
          part: 'phone',
          params: { vendor: 'Acme Paper', what: 'The phone number', quickBooks: '1', mineralTree: '(nothing)' },
        },
      ],
      settled: [],
      posting: [],
    });
  });

  it('on both sides, in other lines of the address: a conflict, for an address is one block', () => {
    const mine = { ...ledger, address: { ...ledger.address, lines: ['2 Mill Street'] } };
    const theirs = { ...payables, address: { lines: ['1 Mill Street'], town: 'Boston' } };
    const [conflict] = merge(mine, theirs).conflicts;
    assert.deepEqual(conflict?.params, {
      vendor: 'Acme Paper',
      what: 'The address',
      quickBooks: '2 Mill Street, Lowell, MA, 01850, U.S.A.',
      mineralTree: '1 Mill Street, Boston',
    });
  });

  it('a conflict ends when a person puts one side back', () => {
    const merged = merge({ ...ledger, phone: '1' }, payables);
    assert.deepEqual([merged.conflicts, merged.toPayables], [[], { phone: '1' }]);
  });

  it('an emptied field is emptied on the other side', () => {
    assert.deepEqual(merge(without(ledger, 'phone'), payables).toPayables, { phone: null });
    assert.deepEqual(merge(ledger, without(payables, 'address')).toLedger, { address: null });
  });

  it('a value that one side normalised is no change, as long as nobody touches it', () => {
    const from = { ledger: { ...ledger, phone: '(617) 555-0100' }, payables: { ...payables, phone: '6175550100' } };
    assert.deepEqual(merge(from.ledger, from.payables, true, from), { conflicts: [], settled: [], posting: [] });
  });

  it('the note and the spelling of a country in QuickBooks are no difference', () => {
    const mine = { ...ledger, address: { ...ledger.address, lines: ledger.address?.lines ?? [], note: 'back door' } };
    assert.deepEqual(merge(mine, payables), { conflicts: [], settled: ['address'], posting: [] });
  });
});

describe('the base of a merge', () => {
  it('moves for the fields that came into step, and for no other', () => {
    const now = { ledger: { phone: '1', email: 'e' }, payables: { phone: '1', email: 'e' } };
    const moved = movedBase(base, now, ['phone', 'address']);
    assert.deepEqual(moved.ledger, { ...without(ledger, 'address'), phone: '1' });
    assert.deepEqual(moved.payables, { ...without(payables, 'address'), phone: '1' });
  });

  it('moved for what was settled, leaves nothing to write and no conflict but the former ones', () => {
    fc.assert(
      fc.property(contacts, contacts, contacts, contacts, (l0, l1, p0, p1) => {
        const from = { ledger: l0, payables: asPayables(p0) };
        const merged = merge(l1, asPayables(p1), true, from);
        const written = apply(asPayables(p1), merged.toPayables);
        const posted = apply(l1, merged.toLedger);
        const after = movedBase(from, { ledger: posted, payables: written }, [...merged.settled, ...merged.posting]);
        const again = merge(posted, written, true, after);
        assert.deepEqual([again.toLedger, again.toPayables], [undefined, undefined]);
        assert.deepEqual(again.conflicts, merged.conflicts);
      }),
    );
  });
});

const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined });
const contacts = fc
  .record({
    phone: text,
    fax: text,
    email: text,
    nameOnCheck: text,
    address: fc.option(fc.constantFrom({ lines: ['a'] }, { lines: ['b'], note: 'n' }), { nil: undefined }),
  })
  .map(
    (fields): ContactOfLedger => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  );
const asPayables = ({ nameOnCheck, address, ...rest }: ContactOfLedger): ContactOfPayables => ({
  ...rest,
  ...(nameOnCheck === undefined ? {} : { legalName: nameOnCheck }),
  ...(address === undefined ? {} : { address: { lines: address.lines } }),
});
const apply = <T extends object>(side: T, changes: object = {}): T => {
  const all = { ...side, ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as T;
};

describe('a merge', () => {
  it('is never lossy: a change is carried over, agreed, or shown', () => {
    fc.assert(
      fc.property(contacts, contacts, contacts, contacts, (l0, l1, p0, p1) => {
        const from = { ledger: l0, payables: asPayables(p0) };
        const theirs = asPayables(p1);
        const merged = merge(l1, theirs, true, from);
        for (const field of CONTACT_FIELDS) {
          const name = field === 'nameOnCheck' ? 'legalName' : field;
          const mine = field === 'address' ? toPayablesAddress(l1.address) : l1[field];
          const [mineChanged, theirsChanged] = [
            digestOf(l1[field] ?? null) !== digestOf(l0[field] ?? null),
            digestOf(theirs[name] ?? null) !== digestOf(from.payables[name] ?? null),
          ];
          const shown = merged.conflicts.some((one) => one.part === field);
          const over = new Map(Object.entries(merged.toPayables ?? {}));
          const back = new Map(Object.entries(merged.toLedger ?? {}));
          const agree = digestOf(mine ?? null) === digestOf(theirs[name] ?? null);
          assert.ok(!(over.has(name) && back.has(field)));
          if (mineChanged && !agree)
            assert.ok(shown || (over.has(name) && digestOf(over.get(name)) === digestOf(mine ?? null)));
          if (theirsChanged && !agree) assert.ok(shown || back.has(field));
          // Nothing is written where nobody changed anything, and nothing over an edit of the other side.
          if (!mineChanged || theirsChanged) assert.ok(!over.has(name));
          if (!theirsChanged || mineChanged) assert.ok(!back.has(field));
        }
      }),
    );
  });
});

describe('everything that follows for a linked vendor', () => {
  const desired = without(without(payablesVendor(), 'id'), 'modified');
  const link = { payablesId: payablesVendor().id, pushedDigest: digestOf(desired), readBack: desired, base };
  const decide = (change: Partial<Parameters<typeof decideVendor>[0]>) =>
    decideVendor({ vendor: vendor(), desired, link, vendorEdits: true, ...change });

  it('is nothing when nobody changed it', () =>
    assert.deepEqual(decide({}), { conflicts: [], settled: [], posting: [] }));

  it('is a write of the name, which is QuickBooks’ alone, beside a phone number that MineralTree changed', () => {
    const decision = decide({
      vendor: vendor({ name: 'Acme Paper Co.' }),
      desired: { ...desired, name: 'Acme Paper Co.' },
      payables: payablesVendor({ phone: '1' }),
    });
    assert.deepEqual([decision.toPayables, decision.toLedger], [{ name: 'Acme Paper Co.' }, { phone: '1' }]);
  });

  it('never writes a contact field over an edit, even when the rest is written', () => {
    const decision = decide({
      vendor: vendor({ active: false, phone: '2' }),
      desired: { ...desired, active: false, phone: '2' },
      payables: payablesVendor({ phone: '1' }),
    });
    assert.deepEqual([decision.toPayables, decision.conflicts.length], [{ active: false }, 1]);
  });

  it('an edit of the name in MineralTree is not carried to QuickBooks', () =>
    assert.deepEqual(decide({ payables: payablesVendor({ name: 'Acme!' }) }), {
      conflicts: [],
      settled: [],
      posting: [],
    }));
});

describe('an edit of a vendor for QuickBooks', () => {
  it('sends the changed fields alone, null for one that is emptied, and knows how it reads once applied', () =>
    assert.deepEqual(planVendorMod(vendor(), { phone: ' 617\u200b-555-0199 ', email: null }), {
      plan: {
        kind: 'VendorMod',
        listId: vendor().id,
        editSequence: '1700000000',
        phone: '617-555-0199',
        email: null,
        match: {
          listId: vendor().id,
          editSequence: '1700000000',
          target: { phone: '617-555-0199', email: null },
        },
        dates: [],
      },
    }));

  it('sends the address as a whole', () => {
    const address = { lines: ['2 Mill Street'], city: 'Lowell', note: 'side door' };
    const planned = planVendorMod(vendor(), { address });
    assert.ok('plan' in planned);
    assert.deepEqual(planned.plan.address, address);
    assert.deepEqual(planned.plan.match.target, { address });
  });

  it('sends an address of a town alone, and one of five lines', () => {
    for (const address of [{ lines: [], city: 'Lowell' }, { lines: ['1', '2', '3', '4', '5'] }]) {
      const planned = planVendorMod(vendor(), { address });
      assert.ok('plan' in planned);
      assert.deepEqual(planned.plan.address, address);
    }
  });

  it('names the line of the address that is too long', () => {
    const planned = planVendorMod(vendor(), { address: { lines: ['1', 'n'.repeat(42)] } });
    assert.ok('problems' in planned);
    assert.equal(planned.problems[0]?.params.what, 'Line 2 of the address');
  });

  it('empties an address of which nothing is left', () => {
    const planned = planVendorMod(vendor(), { address: { lines: [' '] } });
    assert.ok('plan' in planned && planned.plan.address === null);
  });

  const obstacles: readonly (readonly [what: string, changes: Parameters<typeof planVendorMod>[1], code: string])[] = [
    ['a phone number of 22 characters', { phone: '1'.repeat(22) }, 'textTooLong'],
    ['a fax number of 22 characters', { fax: '1'.repeat(22) }, 'textTooLong'],
    ['a name on checks of 42 characters', { nameOnCheck: 'n'.repeat(42) }, 'textTooLong'],
    ['an address line of 42 characters', { address: { lines: ['n'.repeat(42)] } }, 'textTooLong'],
    ['a town of 32 characters', { address: { lines: [], city: 'n'.repeat(32) } }, 'textTooLong'],
    ['six address lines', { address: { lines: ['1', '2', '3', '4', '5', '6'] } }, 'textTooLong'],
    ['a name in Chinese', { nameOnCheck: '纸业公司' }, 'charactersUnknown'],
  ];
  for (const [what, changes, code] of obstacles)
    it(`with ${what} is named, never cut short`, () => {
      const planned = planVendorMod(vendor(), changes);
      assert.ok('problems' in planned);
      assert.deepEqual(
        planned.problems.map((one) => one.code),
        [code],
      );
    });
});
