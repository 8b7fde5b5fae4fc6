/** The activities at the site. */
import type { SiteActivities } from '../../contract/index.ts';
import { createPosting } from './posting.ts';
import { createPullQuickBooks } from './pullQuickBooks.ts';
import { createReadLedger } from './readLedger.ts';
import type { Site } from './site.ts';

export { HandedBack, type ServedCompany, type Site } from './site.ts';

/** All of them, for a worker. `clock` gives Unix milliseconds. */
export const createSiteActivities = (site: Site, clock: () => number): SiteActivities => ({
  pullQuickBooks: createPullQuickBooks({ site, clock }),
  postBills: createPosting({ site }),
  postPayments: createPosting({ site }),
  readLedger: createReadLedger({ site }),
});
