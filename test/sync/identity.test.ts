import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  guidOf,
  guidOfPayment,
  isUuid,
  markerText,
  messageSetIdOf,
  paymentOfGuid,
  paymentPart,
  readMarker,
  recordOfGuid,
} from '../../src/sync/index.ts';

const posting = {
  companyId: 'c-0001-acme',
  recordId: '9f6f8a1e-1111-4222-8333-123456789abc',
  kind: 'BillAdd',
  revision: { modified: '2026-11-24T09:00:00Z', refusals: 0 },
} as const;

describe('the ID of a message set', () => {
  it('is the same for the same revision: on every connector, after every crash, in every release', () => {
    assert.equal(messageSetIdOf(posting), messageSetIdOf(structuredClone(posting)));
    assert.equal(messageSetIdOf(posting), 'ddvkb4nbl24kw7iazezq');
  });

  const others = {
    'another company': { ...posting, companyId: 'c-0002-acme' },
    'another record': { ...posting, recordId: '9f6f8a1e-1111-4222-8333-123456789abd' },
    'another kind': { ...posting, kind: 'BillMod' },
    'an edit': { ...posting, revision: { ...posting.revision, modified: '2026-11-24T09:00:01Z' } },
    'a refusal settled before': { ...posting, revision: { ...posting.revision, refusals: 1 } },
  } as const;
  for (const [what, other] of Object.entries(others))
    it(`is another for ${what}`, () => assert.notEqual(messageSetIdOf(other), messageSetIdOf(posting)));

  it('has at most 20 characters of plain ASCII, whatever it is made from', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string(),
        fc.nat(),
        (companyId, recordId, modified, refusals) => {
          const id = messageSetIdOf({ companyId, recordId, kind: 'VendorMod', revision: { modified, refusals } });
          assert.match(id, /^[a-z2-7]{20}$/);
        },
      ),
    );
  });

  it('fields that run into each other still make different IDs', () => {
    assert.notEqual(
      messageSetIdOf({ ...posting, companyId: 'ab', recordId: 'c' }),
      messageSetIdOf({ ...posting, companyId: 'a', recordId: 'bc' }),
    );
  });

  it('is no other one among a hundred thousand', () => {
    const ids = new Set<string>();
    for (let record = 0; record < 50_000; record += 1)
      for (const kind of ['BillAdd', 'BillMod'] as const)
        ids.add(messageSetIdOf({ ...posting, recordId: String(record), kind }));
    assert.equal(ids.size, 100_000);
  });
});

describe('the ExternalGUID', () => {
  it('names the MineralTree record, and back', () => {
    const guid = guidOf('9F6F8A1E-1111-4222-8333-123456789ABC');
    assert.equal(guid, '{9f6f8a1e-1111-4222-8333-123456789abc}');
    assert.equal(recordOfGuid('{9F6F8A1E-1111-4222-8333-123456789ABC}'), '9f6f8a1e-1111-4222-8333-123456789abc');
  });

  it('of every UUID leads back to it', () => {
    fc.assert(fc.property(fc.uuid(), (id) => recordOfGuid(guidOf(id)) === id.toLowerCase()));
  });

  for (const text of [
    '0',
    '',
    '{}',
    '9f6f8a1e-1111-4222-8333-123456789abc',
    '{9f6f8a1e-1111-4222-8333-123456789ab}',
    '{somebody else}',
  ])
    it(`"${text}" is none of ours`, () => assert.equal(recordOfGuid(text), undefined));

  it('is never made from what is no UUID', () => {
    assert.ok(!isUuid('42'));
    assert.throws(() => guidOf('42'), RangeError);
  });
});

describe('the marker of a company file', () => {
  const enrolment = { companyId: 'c-0001-acme', enrolmentId: '9f6f8a1e-1111-4222-8333-123456789abc' };

  it('reads as it was written, and fits the field of 255 characters', () => {
    const text = markerText({ ...enrolment, companyId: 'a'.repeat(40) });
    assert.ok(text.length <= 255);
    assert.deepEqual(readMarker(markerText(enrolment)), enrolment);
  });

  for (const text of [
    '',
    'tandem:2:c-0001-acme:9f6f8a1e-1111-4222-8333-123456789abc',
    `${markerText(enrolment)} `,
    'hello',
  ])
    it(`"${text}" is no marker of ours`, () => assert.equal(readMarker(text), undefined));
});

describe('the ExternalGUID of a part of a payment', () => {
  const id = '9f6f8a1e-1111-4222-8333-123456789abc';
  it('is the same for ever, and another for another A/P account', () => {
    assert.equal(guidOfPayment(id, 'ap-1'), guidOfPayment(id.toUpperCase(), 'ap-1'));
    assert.equal(guidOfPayment(id, 'ap-1'), '{f001909a-b714-b4e2-952d-3b9a8e8695bc}');
    assert.notEqual(guidOfPayment(id, 'ap-1'), guidOfPayment(id, 'ap-2'));
    assert.notEqual(guidOfPayment(id, 'ap-1'), guidOf(id));
  });

  it('names the payment again, by the A/P account that QuickBooks has on it', () =>
    fc.assert(
      fc.property(fc.uuid(), fc.string(), (payment, account) => {
        const guid = guidOfPayment(payment, account);
        assert.match(guid, /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/);
        assert.equal(paymentOfGuid(guid, account), payment.toLowerCase());
        assert.equal(paymentOfGuid(guid.toUpperCase(), account), payment.toLowerCase());
      }),
    ));

  it('of another program names nobody we know, and no GUID nobody at all', () => {
    assert.notEqual(paymentOfGuid(guidOf(id), 'ap-1'), id);
    for (const odd of ['', '{}', 'x', id]) assert.equal(paymentOfGuid(odd, 'ap-1'), undefined);
    assert.throws(() => guidOfPayment('x', 'ap-1'), RangeError);
  });

  it('has message sets of its own for each A/P account', () =>
    assert.notEqual(
      messageSetIdOf({ ...posting, recordId: paymentPart(id, 'ap-1') }),
      messageSetIdOf({ ...posting, recordId: paymentPart(id, 'ap-2') }),
    ));
});
