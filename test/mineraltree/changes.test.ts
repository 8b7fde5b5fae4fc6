import assert from 'node:assert/strict';
import { bills } from '../../src/mineraltree/entities/bill.ts';
import { paymentMethods } from '../../src/mineraltree/entities/paymentMethod.ts';
import { vendors } from '../../src/mineraltree/entities/vendor.ts';
import { MineralTreeError } from '../../src/mineraltree/errors.ts';
import type { CompanyRecords } from '../../src/mineraltree/index.ts';
import { withPeer } from './sandbox.ts';

const usd = (amount: number) => ({ amount, precision: 2, currency: 'USD' });

describe('changes of a record', () => {
  it('sends the fields that are named and no others', () => {
    assert.deepEqual(bills.write({ externalId: '1A-1' }), { externalId: '1A-1' });
    assert.deepEqual(bills.write({ balanceCents: 0 }), { balance: usd(0) });
    assert.deepEqual(vendors.write({}), {});
  });

  it('empties a field with null', () => {
    assert.deepEqual(vendors.write({ legalName: null, email: null, phone: null, fax: '1' }), {
      legalName: '',
      phones: [
        { number: '', isFax: false },
        { number: '1', isFax: true },
      ],
      emails: [],
    });
    assert.deepEqual(bills.write({ term: null, dueDate: null }), { term: null, dueDate: null });
  });

  it('writes an address whole, so that nothing of the old one stays', () => {
    assert.deepEqual(vendors.write({ address: { lines: ['1 Main St'], town: 'Troy' } }), {
      address: {
        address1: '1 Main St',
        address2: '',
        address3: '',
        address4: '',
        address5: '',
        town: 'Troy',
        ctrySubDivision: '',
        postalCode: '',
        country: '',
      },
    });
  });

  const unwritable = (words: RegExp) => (error: unknown) => {
    assert.ok(error instanceof MineralTreeError);
    assert.deepEqual([error.code, error.outcome], ['unwritable', 'notSent']);
    assert.match(error.message, words);
    return true;
  };
  it('does not write a phone without the fax that stands in the same list', () => {
    assert.throws(() => vendors.write({ phone: '1' }), unwritable(/phone .* together with fax/));
  });
  it('does not write the name of a payment method without the type that says where it stands', () => {
    assert.throws(() => paymentMethods.write({ name: 'Checking' }), unwritable(/with its type/));
  });
  it('does not send an amount that is none', () => {
    for (const balanceCents of [Number.NaN, 1.5, 2 ** 53])
      assert.throws(() => bills.write({ balanceCents }), unwritable(/not a whole number/));
  });
  it('does not send an address line that has no place', () => {
    assert.throws(() => vendors.write({ address: { lines: ['1', '2', '3', '4', '5', '6'] } }), unwritable(/address/));
  });
});

describe('writes on the wire', () => {
  const ID = '2f436ea7-427d-4a12-9af5-73c8975c545d';
  /** [the write, method and path, body]. A blank externalId goes with what keeps its first one. */
  const WRITES: readonly (readonly [(acme: CompanyRecords) => Promise<unknown>, string, object])[] = [
    [
      (acme) => acme.classifications.create({ externalId: '8-1', name: 'East', active: true }),
      'POST /mtapi/base/services/classification/acme',
      { classification: { externalId: '8-1', name: 'East', active: true } },
    ],
    [
      (acme) => acme.classifications.update(ID, { name: 'East' }),
      'PUT /mtapi/base/services/classification',
      { classification: { id: ID, externalId: '', name: 'East' } },
    ],
    [
      (acme) => acme.glAccounts.update(ID, { active: false }),
      'PUT /mtapi/base/services/glaccount',
      { glAccount: { id: ID, externalId: '', active: false } },
    ],
    [
      (acme) => acme.accountingPeriods.update(ID, { ended: '2026-10-31' }),
      'PUT /mtapi/base/services/accountingperiod',
      { accountingPeriod: { id: ID, externalId: '', ended: '2026-10-31' } },
    ],
    [
      (acme) => acme.paymentMethods.update(ID, { status: 'Locked' }),
      `PUT /mtapi/base/services/pm/${ID}`,
      { paymentMethod: { id: ID, externalId: '', status: 'Locked' } },
    ],
    [
      (acme) => acme.vendors.update(ID, { legalName: 'Harwood Inc.' }),
      `PUT /mtapi/base/services/vendor/${ID}`,
      { vendor: { id: ID, legalName: 'Harwood Inc.' } },
    ],
    [
      (acme) => acme.bills.acknowledge(ID, '1A-1'),
      `PUT /mtapi/base/services/bill/${ID}`,
      { bill: { id: ID, externalId: '1A-1' } },
    ],
  ];
  for (const [write, line, expected] of WRITES)
    it(`${line} says ${JSON.stringify(expected)}`, async () => {
      let heard: unknown;
      await withPeer(
        (request, response) => {
          let body = '';
          request.on('data', (part) => {
            body += part;
          });
          request.on('end', () => {
            heard = [`${request.method} ${request.url}`, request.headers['if-match'], JSON.parse(body)];
            response.writeHead(500).end();
          });
        },
        {},
        async (client) => {
          await assert.rejects(write(client.company('acme')), MineralTreeError);
        },
      );
      assert.deepEqual(heard, [line, 'f00d', expected]);
    });
});
