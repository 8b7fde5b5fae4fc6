/** Problems of a whole company: "The whole company" in docs/problems.md. */
import type { Company } from '../company.ts';
import { type About, type Provoked, provoked } from './provoked.ts';

const itself = (company: Company): About => ['company', company.world.companyId];

const rows: readonly Provoked[] = [
  {
    code: 'olderCopy',
    name: 'a backup of last week is restored, until the current file is open again',
    story: async (company) => {
      await company.quickBooks('backup', { backup: 'last week' });
      await company.bill();
      await company.settle();
      await company.quickBooks('backup', { backup: 'today' });
      await company.quickBooks('restore-backup', { backup: 'last week' });
      return itself(company);
    },
    ends: (company) => company.quickBooks('restore-backup', { backup: 'today' }),
  },
  {
    code: 'accountantCopy',
    name: "the connector is pointed to the accountant's copy",
    options: { file: 'C:\\Books\\Copy of the accountant.qba' },
    story: async (company) => itself(company),
    ends: async (company) => {
      const file = 'C:\\Books\\Working file.qbw';
      await company.quickBooks('new-company', { file, name: 'Working file' });
      company.run.desk = { ...company.run.desk, file };
    },
  },
  {
    code: 'unsupportedQuickBooks',
    name: 'QuickBooks is installed without its request processor, until it is repaired',
    story: async (company) => {
      await company.faultOfQuickBooks({
        match: { member: 'BeginSession' },
        action: 'error',
        hresult: '0x80040409',
        text: 'The request processor is not usable.',
        times: 1000,
      });
      return itself(company);
    },
    ends: (company) => company.noFaults(),
  },
  {
    code: 'mineralTreeSignIn',
    name: 'MineralTree forbids the user its interface, until it is allowed again',
    story: async (company) => {
      await company.world.fault({ point: 'before', action: 'error', status: 401, times: 1000 });
      return itself(company);
    },
    ends: (company) => company.noFaults(),
  },
];

provoked('problems of the whole company', rows);
