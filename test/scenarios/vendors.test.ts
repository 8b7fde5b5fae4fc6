import assert from 'node:assert/strict';
import { type Company, VENDORS } from './company.ts';
import { scenarios } from './scenarios.ts';

const [vendor] = VENDORS;
const ADDRESS = {
  lines: ['1 New Street', 'Floor 2'],
  town: 'Springfield',
  region: 'IL',
  postalCode: '62701',
  country: 'USA',
};

const vendorOf = async (company: Company) => (await company.ledger()).vendors.find(({ name }) => name === vendor);

scenarios('vendors', [
  {
    name: 'address, phone and e-mail from MineralTree go to QuickBooks',
    story: async (company) => {
      await company.mineralTree('edit-vendor', {
        vendor,
        address: ADDRESS,
        phone: '217-555-0133',
        email: 'ap@harwood.example',
      });
      await company.settle();
      const found = await vendorOf(company);
      assert.deepEqual([found?.phone, found?.address?.city], ['217-555-0133', 'Springfield']);
      return undefined;
    },
  },
  {
    name: 'address and name on checks from QuickBooks go to MineralTree',
    story: async (company) => {
      await company.quickBooks('edit-vendor', {
        vendor,
        nameOnCheck: 'Harwood Lumber Inc.',
        address: { addr1: '5 Mill Lane', city: 'Dayton', state: 'OH', postalCode: '45402' },
        fax: '937-555-0111',
      });
      return undefined;
    },
  },
  {
    name: 'phone on one side, fax on the other, between two cycles: both stand on both sides',
    story: async (company) => {
      await company.quickBooks('edit-vendor', { vendor, phone: '555-0177' });
      await company.mineralTree('edit-vendor', { vendor, fax: '555-0188' });
      return undefined;
    },
  },
  {
    name: 'the phone on both sides, between two cycles: neither is overwritten, until a person says which',
    story: async (company) => {
      await company.quickBooks('edit-vendor', { vendor, phone: '555-0177' });
      await company.mineralTree('edit-vendor', { vendor, phone: '555-0188' });
      await company.settle();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['vendorConflict'],
      );
      assert.equal((await vendorOf(company))?.phone, '555-0177');
      await company.mineralTree('edit-vendor', { vendor, phone: '555-0177' });
      return undefined;
    },
  },
  {
    name: 'a phone that is cleared in MineralTree is cleared in QuickBooks',
    story: async (company) => {
      await company.mineralTree('edit-vendor', { vendor, phone: null });
      return undefined;
    },
  },
  {
    name: 'a vendor is called otherwise in QuickBooks, then made inactive',
    story: async (company) => {
      await company.quickBooks('edit-vendor', { vendor, name: 'Harwood Timber' });
      await company.settle();
      await company.quickBooks('make-inactive', { list: 'vendor', name: 'Harwood Timber' });
      return undefined;
    },
  },
  {
    name: 'a new vendor of QuickBooks and its first bill, between two cycles',
    story: async (company) => {
      await company.quickBooks('add-vendor', { name: 'Fresh Paint' });
      await company.bill({ vendor: 'Fresh Paint' });
      return undefined;
    },
  },
  {
    name: 'an address longer than QuickBooks has room for is named, not cut short',
    problems: ['textTooLong'],
    story: async (company) => {
      await company.mineralTree('edit-vendor', { vendor, address: { ...ADDRESS, lines: ['x'.repeat(60)] } });
      const id = (await vendorOf(company))?.id ?? '';
      return { vendors: [id] };
    },
  },
  {
    name: 'two vendors are edited in MineralTree within one second, and a cycle comes between: both edits go',
    story: async (company) => {
      company.beginningOfASecond();
      await company.mineralTree('edit-vendor', { vendor, phone: '555-0191' });
      await company.run.cycle();
      await company.mineralTree('edit-vendor', { vendor: VENDORS[1], phone: '555-0192' });
      return undefined;
    },
  },
]);
