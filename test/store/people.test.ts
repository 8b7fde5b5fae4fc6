/** The people of the console: invited by a link, signed in, given tokens, removed. */
import assert from 'node:assert/strict';
import {
  createInvitation,
  createPersonalToken,
  endSession,
  findInvitation,
  findPersonalToken,
  findSession,
  listAudit,
  listPeople,
  listPersonalTokens,
  mayRead,
  redeemInvitation,
  removeCompany,
  removePerson,
  revokePersonalToken,
  type Store,
  StoreError,
  signIn,
} from '../../src/store/index.ts';
import { addTestCompany, openTestStore } from './postgres.ts';

const BY = { by: 'Ann', at: 1_000 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PASSWORD = 'correct horse battery';

const code = (wanted: string) => (error: unknown) => error instanceof StoreError && error.code === wanted;

describe('people in the store', function () {
  this.timeout(60_000);
  let store: Store;
  before(async () => {
    ({ store } = await openTestStore());
  });

  const operator = (name: string) => createInvitation(store, { name, role: 'operator', ...BY });
  const wrongPassword = (name: string, address: string, at: number) =>
    signIn(store, { name, password: 'not the password', address, at });

  it('an operator comes in by a link, once, and by the password that was chosen then', async () => {
    const token = await operator('Olga');
    assert.equal((await findInvitation(store.db, token, 2_000))?.name, 'Olga');
    await assert.rejects(redeemInvitation(store, token, 'too short', 2_000), code('inputWrong'));
    const { session, person } = await redeemInvitation(store, token, PASSWORD, 2_000);
    assert.deepEqual(await findSession(store, session, 3_000), person);
    assert.deepEqual([person.role, mayRead(person, 'any-company')], ['operator', true]);
    await assert.rejects(redeemInvitation(store, token, PASSWORD, 2_500), code('invitationRefused'));
    assert.equal(await findInvitation(store.db, token, 2_500), undefined);

    const again = await signIn(store, { name: ' OLGA ', password: PASSWORD, address: '203.0.113.1', at: 4_000 });
    assert.equal((await findSession(store, again.session, 4_000))?.name, 'Olga');
    await endSession(store, again.session);
    assert.equal(await findSession(store, again.session, 4_000), undefined);
    assert.equal((await findSession(store, session, 4_000))?.name, 'Olga', 'the other browser stays');
    assert.deepEqual((await listAudit(store.db, undefined)).map(({ who, what }) => `${who} ${what}`).slice(0, 3), [
      'Olga signed in',
      'Olga came in by link',
      'Ann invited person',
    ]);
  });

  it('a link is good for a day, and a newer one replaces it', async () => {
    const late = await operator('Lars');
    await assert.rejects(redeemInvitation(store, late, undefined, BY.at + DAY), code('invitationRefused'));
    const newer = await operator('lars');
    await assert.rejects(redeemInvitation(store, late, undefined, 2_000), code('invitationRefused'));
    await redeemInvitation(store, newer, undefined, 2_000);
    assert.equal((await listPeople(store.db)).filter(({ name }) => name.toLowerCase() === 'lars').length, 1);
    await assert.rejects(redeemInvitation(store, 'please', undefined, 2_000), code('invitationRefused'));
  });

  it('of many who use a link at the same time one comes in', async () => {
    const token = await operator('Mia');
    const ends = await Promise.allSettled([1, 2, 3].map(() => redeemInvitation(store, token, undefined, 2_000)));
    assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('a session ends when it is not used for 12 hours, and after a week', async () => {
    const { session } = await redeemInvitation(store, await operator('Ines'), undefined, 2_000);
    const { session: idle } = await redeemInvitation(store, await operator('Ines'), undefined, 2_000);
    assert.equal(await findSession(store, idle, 2_000 + 12 * HOUR), undefined);
    for (let at = 2_000; at < 7 * DAY; at += 11 * HOUR) assert.ok(await findSession(store, session, at), String(at));
    assert.equal(await findSession(store, session, 2_000 + 7 * DAY), undefined);
  });

  it('a password that is set by a new link ends the sessions of before', async () => {
    const { session } = await redeemInvitation(store, await operator('Petra'), PASSWORD, 2_000);
    await redeemInvitation(store, await operator('Petra'), 'another password', 3_000);
    assert.equal(await findSession(store, session, 3_000), undefined);
    const address = '203.0.113.2';
    await assert.rejects(
      signIn(store, { name: 'Petra', password: PASSWORD, address, at: 4_000 }),
      code('signInRefused'),
    );
    await signIn(store, { name: 'Petra', password: 'another password', address, at: 4_000 });
  });

  it('guesses are refused alike for a name that is not there, and end after ten from one place', async () => {
    await redeemInvitation(store, await operator('Quinn'), PASSWORD, 2_000);
    const told = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => wrongPassword(index % 2 ? 'Quinn' : 'Nobody', '203.0.113.3', 5_000)),
    );
    const reasons = told.map((end) =>
      end.status === 'rejected' && end.reason instanceof StoreError ? end.reason : undefined,
    );
    assert.equal(reasons.filter((reason) => reason?.code === 'signInRefused').length, 10);
    assert.equal(new Set(reasons.map((reason) => reason?.message)).size, 2);
    const right = { name: 'Quinn', password: PASSWORD };
    await assert.rejects(signIn(store, { ...right, address: '203.0.113.3', at: 6_000 }), code('signInTooOften'));
    await signIn(store, { ...right, address: '203.0.113.4', at: 6_000 });
    await signIn(store, { ...right, address: '203.0.113.3', at: 5_000 + HOUR });
  });

  it('who has no password does not come in by an empty one', async () => {
    await redeemInvitation(store, await operator('Rosa'), undefined, 2_000);
    await assert.rejects(
      signIn(store, { name: 'Rosa', password: '', address: '203.0.113.5', at: 3_000 }),
      code('signInRefused'),
    );
  });

  it('an accountant reads the companies that were given, as long as these are there', async () => {
    const [acme, baker] = [await addTestCompany(store, 'Acme'), await addTestCompany(store, 'Baker')];
    const invite = (companies: readonly string[]) =>
      createInvitation(store, { name: 'Carl', role: 'accountant', companies, ...BY });
    await assert.rejects(invite([]), code('inputWrong'));
    await assert.rejects(invite(['no-such-company']), code('companyUnknown'));
    const { session, person } = await redeemInvitation(store, await invite([acme]), PASSWORD, 2_000);
    assert.deepEqual([mayRead(person, acme), mayRead(person, baker)], [true, false]);
    await invite([acme, baker]);
    assert.deepEqual((await findSession(store, session, 2_000))?.companies, [acme, baker].sort());
    await removeCompany(store, acme, BY);
    assert.deepEqual((await findSession(store, session, 2_000))?.companies, [baker]);
  });

  it('a personal token is its person, until it is ended or too old', async () => {
    const { person } = await redeemInvitation(store, await operator('Tess'), undefined, 2_000);
    const token = await createPersonalToken(store, person.personId, { name: 'laptop', ...BY });
    assert.match(token, /^ttp_[A-Za-z0-9_-]{43}$/);
    assert.deepEqual(await findPersonalToken(store, token, 2_000), person);
    assert.equal(await findPersonalToken(store, token, BY.at + 90 * DAY), undefined);
    assert.equal(await findPersonalToken(store, `${token}x`, 2_000), undefined);
    const [listed] = await listPersonalTokens(store.db, person.personId, 2_000);
    assert.deepEqual([listed?.name, listed?.usedAt], ['laptop', 2_000]);
    assert.equal(await revokePersonalToken(store, 'somebody', listed?.tokenId ?? '', BY), false);
    assert.equal(await revokePersonalToken(store, person.personId, listed?.tokenId ?? '', BY), true);
    assert.equal(await findPersonalToken(store, token, 2_000), undefined);
  });

  it('who is removed is out at once, and the name may be given again', async () => {
    const { session, person } = await redeemInvitation(store, await operator('Uwe'), PASSWORD, 2_000);
    const token = await createPersonalToken(store, person.personId, { name: 'laptop', ...BY });
    await removePerson(store, person.personId, BY);
    assert.equal(await findSession(store, session, 2_000), undefined);
    assert.equal(await findPersonalToken(store, token, 2_000), undefined);
    await assert.rejects(
      signIn(store, { name: 'Uwe', password: PASSWORD, address: '203.0.113.6', at: 3_000 }),
      code('signInRefused'),
    );
    await assert.rejects(removePerson(store, person.personId, BY), code('personUnknown'));
    const { person: other } = await redeemInvitation(store, await operator('Uwe'), undefined, 4_000);
    assert.notEqual(other.personId, person.personId);
  });

  it('nothing of a password, a link, a session or a token is kept as it was given out', async () => {
    const token = await operator('Vera');
    const { session, person } = await redeemInvitation(store, token, PASSWORD, 2_000);
    const personal = await createPersonalToken(store, person.personId, { name: 'laptop', ...BY });
    const rows = await Promise.all(
      (['people', 'invitations', 'webSessions', 'personalTokens', 'audit', 'guesses'] as const).map((table) =>
        store.db.selectFrom(table).selectAll().execute(),
      ),
    );
    const dump = JSON.stringify(rows);
    assert.ok(dump.includes('scrypt$15$8$3$'));
    for (const shown of [token, session, personal, PASSWORD]) assert.ok(!dump.includes(shown));
  });
});
