import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { type RecordOf, type ResponseMessage, recordsOf } from '../../../src/qbxml/index.ts';
import { type Desk, openDesk, type Session } from './desk.ts';

type VendorRet = RecordOf<'VendorRet'>;

describe('QuickBooks sandbox: vendors, terms and private fields by request', () => {
  let nowMs = Date.parse('2026-03-02T15:00:00Z');
  let desk: Desk;
  let qb: Session;
  let made: VendorRet;
  let count = 0;
  before(async () => {
    desk = await openDesk({ clock: () => nowMs });
    qb = await desk.session();
  });
  after(() => desk.stop());

  const vendor = (answer: ResponseMessage): VendorRet => {
    assert.deepEqual([answer.status.code, answer.status.message], [0, 'Status OK']);
    return recordsOf(answer, 'VendorRet')[0] as VendorRet;
  };
  const add = (fields: string): Promise<ResponseMessage> =>
    qb.one(`<VendorAddRq><VendorAdd>${fields}</VendorAdd></VendorAddRq>`);
  const mod = (fields: string, sequence = made.EditSequence): Promise<ResponseMessage> =>
    qb.one(
      `<VendorModRq><VendorMod><ListID>${made.ListID}</ListID><EditSequence>${sequence}</EditSequence>${fields}</VendorMod></VendorModRq>`,
    );

  beforeEach(async () => {
    count += 1;
    nowMs += 10_000;
    made = vendor(
      await add(
        `<Name>Vendor ${count}</Name><VendorAddress><Addr1>First line</Addr1><Addr2>Second line</Addr2><City>Portland</City></VendorAddress><Phone>1</Phone><Fax>2</Fax><NameOnCheck>Vendor</NameOnCheck><TermsRef><FullName>Net 30</FullName></TermsRef>`,
      ),
    );
    nowMs += 10_000;
  });

  it('an added vendor has a ListID of its own kind and is active', () => {
    assert.match(made.ListID, /^8[0-9A-F]{7}-\d+$/);
    assert.deepEqual([made.IsActive, made.Balance, made.TermsRef?.FullName], [true, 0, 'Net 30']);
    assert.deepEqual(made.VendorAddressBlock, { Addr1: 'First line', Addr2: 'Second line', Addr3: 'Portland' });
  });

  it('a Mod keeps what it does not mention; an empty element clears, also one line of the address', async () => {
    const changed = vendor(
      await mod(
        '<VendorAddress><Addr1>Other line</Addr1><Addr2></Addr2></VendorAddress><Phone></Phone><Email>a@b.example</Email>',
      ),
    );
    assert.deepEqual(changed.VendorAddress, { Addr1: 'Other line', City: 'Portland' });
    assert.deepEqual(
      [changed.Phone, changed.Fax, changed.Email, changed.NameOnCheck],
      [undefined, '2', 'a@b.example', 'Vendor'],
    );
    assert.deepEqual([changed.EditSequence, changed.TimeCreated], [String(nowMs / 1000), made.TimeCreated]);
  });

  it('a Mod may rename, make inactive, and take the terms away', async () => {
    const changed = vendor(await mod(`<Name>Renamed ${count}</Name><IsActive>false</IsActive><TermsRef/>`));
    assert.deepEqual([changed.Name, changed.IsActive, changed.TermsRef], [`Renamed ${count}`, false, undefined]);
  });

  it('a stale edit sequence is refused, and so is a vendor that is gone', async () => {
    const { status } = await mod('<Phone>3</Phone>', '1');
    assert.deepEqual([status.code, status.message], [3200, 'The provided edit sequence "1" is out-of-date. ']);
    await desk.move('delete-vendor', { listId: made.ListID });
    assert.equal((await mod('<Phone>3</Phone>')).status.code, 3120);
  });

  const names: readonly [what: string, name: string, code: number, text: string][] = [
    [
      'the name of a vendor, in another letter case',
      'ACORN TOOLS',
      3100,
      'The name "ACORN TOOLS" of the list element is already in use.',
    ],
    ['the name of a customer', 'Harbor Hotel', 3100, 'The name "Harbor Hotel" of the list element is already in use.'],
    [
      'a colon',
      'A:B',
      3090,
      'There was an error when storing "A:B" in the "Name" field. QuickBooks error message: Names in this list cannot contain a colon.',
    ],
  ];
  for (const [what, name, code, text] of names)
    it(`${what} is refused as a vendor's name with ${code}`, async () => {
      for (const answer of [await add(`<Name>${name}</Name>`), await mod(`<Name>${name}</Name>`)])
        assert.deepEqual([answer.status.code, answer.status.message], [code, text]);
    });

  it('a vendor may be renamed to its own name in another letter case', async () => {
    assert.equal(vendor(await mod(`<Name>VENDOR ${count}</Name>`)).Name, `VENDOR ${count}`);
  });

  it('a name over 41 characters fails as a whole, as the schema has it', async () => {
    const request = `<?xml version="1.0"?><?qbxml version="13.0"?><QBXML><QBXMLMsgsRq onError="stopOnError"><VendorAddRq><VendorAdd><Name>${'x'.repeat(42)}</Name></VendorAdd></VendorAddRq></QBXMLMsgsRq></QBXML>`;
    assert.equal((await qb.raw(request)).hresult, '0x80040400');
  });

  it('standard terms are added, and not twice', async () => {
    const terms = `<StandardTermsAddRq><StandardTermsAdd><Name>Net ${40 + count}</Name><StdDueDays>${40 + count}</StdDueDays></StandardTermsAdd></StandardTermsAddRq>`;
    const [ret] = recordsOf(await qb.one(terms), 'StandardTermsRet');
    assert.deepEqual([ret?.StdDueDays, ret?.IsActive], [40 + count, true]);
    assert.equal((await qb.one(terms)).status.code, 3100);
  });

  describe('private data on the company', () => {
    const owner = '{6d3fbd92-0000-4000-8000-000000000001}';
    const define = `<DataExtDefAddRq><DataExtDefAdd><OwnerID>${owner}</OwnerID><DataExtName>Marker</DataExtName><DataExtType>STR255TYPE</DataExtType><AssignToObject>Company</AssignToObject></DataExtDefAdd></DataExtDefAddRq>`;
    const set = (value: string, how = 'Add', name = 'Marker'): string =>
      `<DataExt${how}Rq><DataExt${how}><OwnerID>${owner}</OwnerID><DataExtName>${name}</DataExtName><OtherDataExtType>Company</OtherDataExtType><DataExtValue>${value}</DataExtValue></DataExt${how}></DataExt${how}Rq>`;
    const read = async (of = owner) =>
      recordsOf(
        await qb.one(`<CompanyQueryRq><OwnerID>${of}</OwnerID></CompanyQueryRq>`),
        'CompanyRet',
      )[0]?.DataExtRet?.map(({ DataExtValue }) => DataExtValue);

    it('needs its definition in an earlier message set', async () => {
      assert.equal((await qb.one(set('one'))).status.code, 3120);
      const { responses } = await qb.ask(define + set('one'));
      assert.deepEqual(
        responses.map(({ status }) => status.code),
        [0, 3120],
      );
      assert.equal((await qb.one(set('one'))).status.code, 0);
      assert.deepEqual(await read(), ['one']);
      assert.equal((await qb.one(set('two', 'Mod'))).status.code, 0);
      assert.deepEqual(await read(), ['two']);
    });

    it('is shown to its owner alone, and defined once', async () => {
      assert.equal(await read('{6d3fbd92-0000-4000-8000-000000000002}'), undefined);
      assert.equal((await qb.one(define)).status.code, 3100);
      const defined = await qb.one(`<DataExtDefQueryRq><OwnerID>${owner}</OwnerID></DataExtDefQueryRq>`);
      assert.deepEqual(
        recordsOf(defined, 'DataExtDefRet').map(({ DataExtName }) => DataExtName),
        ['Marker'],
      );
      assert.deepEqual((await desk.books()).dataExt, [{ ownerId: owner, name: 'Marker', value: 'two' }]);
    });

    it('is refused beyond 255 characters', async () => {
      assert.equal((await qb.one(set('x'.repeat(256), 'Mod'))).status.code, 3070);
    });
  });
});
