/** The commands about companies as a person types them, on a stage with one small company and one connector. */
import assert from 'node:assert/strict';
import pino from 'pino';
import { invoiceNumbered, newBooks, PASSWORD, readBooks, USER, untilBooks } from '../../src/cli/demo/cast.ts';
import { move } from '../../src/cli/demo/sandboxes.ts';
import { type Stage, startStage } from '../../src/cli/demo/stage.ts';
import { until } from '../../src/cli/until.ts';
import { createMineralTreeClient } from '../../src/mineraltree/index.ts';
import { type Ended, runTandem } from './tandemCommand.ts';

const NAME = 'Harbor Crafts';
/** Nothing happens by itself while the test looks. */
const CALM = JSON.stringify({ intervalMs: 3_600_000, heartbeatMs: 5_000, siteRetryMs: 2_000 });
const WRONG_PASSWORD = 'not-the-password';

type AddOption = 'name' | 'mt-url' | 'mt-company' | 'mt-user' | 'settings';

describe('the commands about companies', function () {
  this.timeout(60_000);
  let stage: Stage;
  let books: { readonly file: string; readonly mtCompany: string };
  let id: string;

  const tandem = (args: readonly string[], input = ''): Promise<Ended> => runTandem(stage.env, args, input);
  const add = (options: Partial<Record<AddOption, string>>, password: string): Promise<Ended> => {
    const all = {
      name: NAME,
      'mt-url': stage.mineralTree.apiUrl,
      'mt-company': books.mtCompany,
      'mt-user': USER,
      ...options,
    };
    const typed = Object.entries(all).flatMap(([option, value]) => [`--${option}`, value]);
    return tandem(['company', 'add', '--without-first-day', ...typed], password);
  };
  /** What a command prints that does what it was told. */
  const done = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await tandem(args);
    assert.deepEqual([code, err], [0, ''], out);
    return out;
  };
  const shown = async (): Promise<Shown> => JSON.parse(await done('company', 'show', id));

  before(async () => {
    stage = await startStage({ env: process.env, log: pino({ level: 'silent' }), ui: false });
    books = await newBooks(stage, NAME, 'small');
    await stage.startCloud();
  });
  after(async () => {
    await stage?.stop();
  });

  it('list without a company says how to add one', async () => {
    assert.deepEqual(await tandem(['company', 'list']), {
      code: 0,
      out: '',
      err: 'no company yet: tandem company add --help\n',
    });
  });

  const refused: readonly (readonly [
    what: string,
    options: Partial<Record<AddOption, string>>,
    password: string,
    code: number,
    told: RegExp,
  ])[] = [
    ['no password', {}, '', 1, /no password was given, in standard input; pipe the MineralTree password in$/],
    ['a wrong password', {}, WRONG_PASSWORD, 1, /login.*, in --mt-user and the password; /],
    [
      'a company that MineralTree does not show',
      { 'mt-company': 'Nobody Inc' },
      PASSWORD,
      1,
      /no company "Nobody Inc", in --mt-company; name one of those it shows: /,
    ],
    ['settings that are not JSON', { settings: '{oops' }, PASSWORD, 2, /this is not JSON .*, in --settings; write \{/],
    [
      'a setting that is none',
      { settings: '{"interval": 5000}' },
      PASSWORD,
      2,
      /no "interval"; allowed: intervalMs, .*--settings/,
    ],
    [
      'a setting out of range',
      { settings: '{"intervalMs": 5}' },
      PASSWORD,
      2,
      /intervalMs must be .* from 1000 to 86400000, in --settings/,
    ],
    [
      'a host that is not allowed',
      { 'mt-url': 'https://mineraltree.example.com/mtapi/base' },
      PASSWORD,
      1,
      /address mineraltree\.example\.com is not among the allowed hosts \(mineraltree\.net, mineraltree\.com\)/,
    ],
    [
      'a host without TLS',
      { 'mt-url': 'http://mineraltree.example.com/mtapi/base' },
      PASSWORD,
      1,
      /must begin with https:\/\//,
    ],
    ['an empty name', { name: '' }, PASSWORD, 1, /name must have 1 to 200 characters/],
  ];
  it('add refuses what is wrong in one line, and adds nothing', async () => {
    const ends = await Promise.all(refused.map(([, options, password]) => add(options, `${password}\n`)));
    for (const [at, [what, , , code, told]] of refused.entries()) {
      const ended = ends[at];
      assert.deepEqual([ended?.code, ended?.out], [code, ''], what);
      assert.match(ended?.err ?? '', /^error: [^\n]+\n$/, what);
      assert.match(ended?.err.trim() ?? '', told, what);
      assert.ok(
        !ended?.err.includes(PASSWORD) && !ended?.err.includes(WRONG_PASSWORD),
        `${what}: no password is shown`,
      );
    }
    assert.equal((await tandem(['company', 'list'])).out, '');
  });

  it('add prints the ID on standard output, and words for a person beside it', async () => {
    const { code, out, err } = await add({ settings: CALM }, `${PASSWORD}\n`);
    assert.deepEqual(
      [code, err],
      [0, `${NAME} is added; a running cloud starts it within a minute; it goes live once everything is read\n`],
    );
    assert.match(out, /^[0-9a-f]{20}\n$/);
    id = out.trim();
    assert.equal(await done('company', 'list'), `${id}\tlive\tactive\t${NAME}\n`);
  });

  it('pause and resume, by name or by ID, show in list and show', async () => {
    assert.equal(
      await done('company', 'pause', NAME, '--reason', 'stocktaking'),
      `pause was sent to ${NAME} (${id})\n`,
    );
    await until('the pause in the list', async () =>
      /^[0-9a-f]+\tlive\tpaused by \S+ \(unverified\)\tHarbor Crafts\n$/.test(await done('company', 'list')),
    );
    const { name, settings, status } = await shown();
    assert.deepEqual([name, settings.intervalMs], [NAME, 3_600_000]);
    assert.deepEqual([status.phase.kind, status.phase.reason], ['paused', 'stocktaking']);
    assert.equal(await done('company', 'resume', id), `resume was sent to ${NAME} (${id})\n`);
    await until('the list without the pause', async () =>
      (await done('company', 'list')).endsWith(`\tactive\t${NAME}\n`),
    );
  });

  it('reconcile reads both ledgers and shows that they agree', async () => {
    const company = { id, name: NAME, ...books };
    await stage.startConnector('desk', [company], { limits: { keepCompanyMs: 500, nextVisitMs: 3_000 } });
    const told = await done('reconcile', NAME);
    const csv = await done('reconcile', id, '--csv');
    const json = await done('reconcile', id, '--json');
    assert.match(
      told,
      /^Open payables of Harbor Crafts\n[\s\S]*\nThe two ledgers agree\.\n[\s\S]*\nTotal +5 bills +10093\.70 +10093\.70\n/,
    );
    assert.match(
      csv,
      /^What,Vendor,A\/P account,Number,Date,Amount,Open in QuickBooks,Open in MineralTree,Verdict,Remark\r?\n(bill,.*,agrees,\r?\n){5}$/,
    );
    const { agree, total } = JSON.parse(json) as { agree: boolean; total: object };
    assert.deepEqual([agree, total], [true, { bills: 5, quickBooksCents: 1_009_370, mineralTreeCents: 1_009_370 }]);
    const { stage: live, records, connectors } = await shown();
    assert.deepEqual([live, records.bill, records.vendor, connectors.length], ['live', 5, 10, 1]);
  });

  it('aging shows accounts payable by age, tied to the balance of the account', async () => {
    const told = await done('aging', NAME, '--at', '2026-11-24');
    const csv = await done('aging', id, '--last', '--csv');
    const { ties, accounts } = JSON.parse(await done('aging', id, '--last', '--json', '--at', '2025-01-01')) as {
      readonly ties: boolean;
      readonly accounts: readonly { readonly aged: Readonly<Record<string, number>> }[];
    };
    assert.match(
      told,
      /^Accounts payable of Harbor Crafts by age on 2026-11-24\n[\s\S]*\nEverything in accounts payable is explained\.\n[\s\S]*\nBalance in QuickBooks +10093\.70\n$/,
    );
    assert.match(
      csv,
      /^A\/P account,What,Vendor,.*\r?\n(Accounts Payable,bill,.*\r?\n){5}(Accounts Payable,.*\r?\n){4}$/,
    );
    assert.deepEqual([ties, accounts.map(({ aged }) => aged.current)], [true, [1_009_370]]);
  });

  it('close-check says that a month may be closed, and why it may not', async () => {
    assert.match(
      await done('close-check', NAME, '--month', '2026-10'),
      /\nNothing is open: the month may be closed\.\n$/,
    );
    await move(stage.mineralTree, 'enter-invoice', {
      company: books.mtCompany,
      vendor: 'Acorn Supply',
      invoiceNumber: 'CLOSE-1',
      transactionDate: '2026-10-31',
      amount: '10.00',
      expenses: [{ glAccount: 'Rent', amount: '10.00' }],
    });
    const open = await tandem(['close-check', id, '--month', '2026-10', '--csv']);
    assert.equal(open.code, 1);
    assert.match(open.out, /\r?\n2026-10,Invoices that are drafts or wait for approval,.*,CLOSE-1,2026-10-31,10\.00,/);
    assert.equal((await tandem(['close-check', id, '--month', '2026-09'])).code, 0);
    const bill = invoiceNumbered(await readBooks(stage, books), 'CLOSE-1')?.id;
    await move(stage.mineralTree, 'delete-invoice', { company: books.mtCompany, bill });
  });

  it('rules are shown, changed by name, and refused where they make no sense', async () => {
    const changed = JSON.parse(
      await done('company', 'rules', NAME, '--void-payments', 'on', '--discount-account', 'professional fees'),
    ) as { voidPayments: boolean; vendorEdits: boolean; discountAccount?: { name: string } };
    assert.deepEqual(
      [changed.voidPayments, changed.vendorEdits, changed.discountAccount?.name],
      [true, true, 'Professional Fees'],
    );
    const emptied = JSON.parse(await done('company', 'rules', id, '--discount-account', 'none')) as object;
    assert.deepEqual(['discountAccount' in emptied, JSON.parse(await done('company', 'rules', id))], [false, emptied]);
    const wrong: readonly (readonly [option: string, value: string, told: RegExp])[] = [
      ['--void-payments', 'perhaps', /"perhaps" is neither on nor off, in --void-payments; say on or off$/],
      ['--discount-account', 'Nowhere', /QuickBooks has no account "Nowhere".*, in --discount-account; /],
      [
        '--ap-account',
        'Rent',
        /"Rent" is an account of type Expense, in --ap-account; name one of type AccountsPayable$/,
      ],
      ['--night-hour', '24', /"24" is no hour of the day, in --night-hour; give a number from 0 to 23$/],
    ];
    const refused = await Promise.all(wrong.map(([option, value]) => tandem(['company', 'rules', id, option, value])));
    for (const [index, { code, out, err }] of refused.entries()) {
      assert.deepEqual([code, out], [2, '']);
      assert.match(err.trimEnd(), wrong[index]?.[2] ?? /^$/);
    }
  });

  it('problems tells what is the matter and what to do', async () => {
    const [told, json] = await Promise.all([done('problems'), done('problems', NAME, '--json')]);
    assert.match(
      told,
      /^INFO {2}Harbor Crafts: Terms that MineralTree cannot hold \(15th of month\), since \d{4}-\S+Z\n {2}The terms .*\n {2}- Nothing\. .*\n$/,
    );
    const found = JSON.parse(json) as readonly { companyId: string; code: string; severity: string }[];
    assert.deepEqual(
      found.map(({ companyId, code, severity }) => [companyId, code, severity]),
      [[id, 'dateDrivenTerms', 'info']],
    );
  });

  it('problems --seen closes what was only to be seen, and says what it does not close', async () => {
    const wrong = [
      [['problems', '--seen', '1'], 2, /no company was named, in --seen; say tandem problems COMPANY --seen NUMBER/],
      [['problems', NAME, '--seen', 'all'], 2, /"all" is no number of a problem, in --seen; /],
      [
        ['problems', NAME, '--seen', '999999'],
        1,
        /has nothing open to be seen under 999999, in --seen; other problems/,
      ],
    ] as const;
    for (const [args, code, told] of wrong) {
      const ended = await tandem(args);
      assert.deepEqual([ended.code, ended.out], [code, '']);
      assert.match(ended.err, told);
    }
    const { quickBooks, mineralTree } = await readBooks(stage, books);
    const invoice = mineralTree.bills.find(({ externalId }) => externalId === quickBooks.bills.at(-1)?.id);
    assert.ok(invoice !== undefined);
    await move(stage.mineralTree, 'edit-invoice', {
      company: books.mtCompany,
      bill: invoice.id,
      memo: 'not for long',
      apAccount: 'Accounts Payable',
    });
    await done('company', 'sync-now', id);
    const listed = await until('the edit that was overwritten', async () => {
      const out = await done('problems', NAME);
      return out.includes('edited in MineralTree') ? out : undefined;
    });
    const [, number = ''] = /When it is seen: tandem problems "Harbor Crafts" --seen (\d+)/.exec(listed) ?? [];
    assert.equal(await done('problems', NAME, '--seen', number), `problem ${number} of ${NAME} is closed\n`);
    assert.doesNotMatch(await done('problems', NAME), /edited in MineralTree/);
  });

  it('sync-now fetches what a bookkeeper has just entered', async () => {
    await move(stage.quickBooks, 'enter-bill', {
      file: books.file,
      vendor: 'Acorn Supply',
      refNumber: 'CLI-1',
      txnDate: '2026-11-02',
      expenseLines: [{ account: 'Rent', amount: '10.00' }],
    });
    assert.equal(await done('company', 'sync-now', NAME), `sync-now was sent to ${NAME} (${id})\n`);
    await untilBooks(stage, { id, name: NAME, ...books }, 'CLI-1 in MineralTree', (both) =>
      invoiceNumbered(both, 'CLI-1'),
    );
  });

  it('reconcile tells what is explained beside it, and ends with 1 when the ledgers differ without a reason', async () => {
    const { mineralTree } = await readBooks(stage, books);
    const numbered = (number: string) => mineralTree.bills.find(({ invoiceNumber }) => invoiceNumber === number)?.id;
    await move(stage.mineralTree, 'delete-invoice', { company: books.mtCompany, bill: numbered('S-1001') });
    const explained = await tandem(['reconcile', id]);
    assert.equal(explained.code, 0, explained.out);
    assert.match(explained.out, /^The two ledgers agree but for what is explained: 1 bill differs, each/m);
    assert.match(explained.out, /^Acorn Paper +S-1001 .* not open in MineralTree: The invoice S-1001 .* any more/m);
    const client = createMineralTreeClient({
      baseUrl: stage.mineralTree.apiUrl,
      user: USER,
      password: PASSWORD,
      allowInsecureLoopback: true,
    });
    try {
      await client.company(books.mtCompany).bills.update(numbered('S-1002') ?? '', { balanceCents: 1 });
    } finally {
      await client.close();
    }
    const { code, out } = await tandem(['reconcile', id]);
    assert.equal(code, 1, out);
    assert.match(out, /^The two ledgers do not agree: 1 bill differs without a known reason\.$/m);
    assert.match(out, /^Acorn Supply +S-1002 .*1886\.69 +0\.01/m);
  });

  it('accept-file without a block says so', async () => {
    assert.equal(await done('company', 'accept-file', NAME), 'accepted; nothing was blocked\n');
  });

  it('no command takes a company that is not there', async () => {
    const commands = [
      ...['show', 'pause', 'resume', 'sync-now', 'accept-file', 'remove'].map((name) => ['company', name]),
      ['problems'],
      ['reconcile'],
      ['aging'],
      ['close-check', '--month', '2026-10'],
    ];
    const ends = await Promise.all(commands.map((command) => tandem([...command, 'Nobody'])));
    for (const [at, { code, out, err }] of ends.entries()) {
      assert.deepEqual([code, out], [1, ''], commands[at]?.join(' '));
      assert.match(err, /^error: no company "Nobody"[^\n]*\n$/, commands[at]?.join(' '));
    }
  });

  it('a command line that is wrong ends with 2 and the way to the help', async () => {
    const ends = await Promise.all([
      tandem(['company', 'add', '--name', 'Another']),
      tandem(['company', 'pause']),
      tandem(['reconcile', id, '--wait', 'long']),
      tandem(['aging', id, '--at', '2026-02-30']),
      tandem(['close-check', id]),
      tandem(['close-check', id, '--month', '2026-13']),
    ]);
    const told = [
      /--mt-url <url>' not specified/,
      /missing required argument 'company'/,
      /a whole number of seconds/,
      /a date as YYYY-MM-DD/,
      /--month <month>' not specified/,
      /a month as YYYY-MM/,
    ];
    for (const [at, { code, out, err }] of ends.entries()) {
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, told[at] ?? /^$/);
      assert.match(err, /\n\(--help tells what is allowed\)\n$/);
    }
  });

  it('a company of MineralTree is added once, and two of one name are told apart by their IDs', async () => {
    const same = await add({ name: 'Another' }, `${PASSWORD}\n`);
    assert.deepEqual([same.code, same.out], [1, '']);
    assert.match(same.err, new RegExp(`^error: this company of MineralTree is added already, as ${id}`));
    const { mtCompany } = await newBooks(stage, 'Of the same name');
    const other = (await add({ 'mt-company': mtCompany }, `${PASSWORD}\n`)).out.trim();
    const { code, out, err } = await tandem(['company', 'pause', NAME]);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^error: 2 companies are called "Harbor Crafts": give the ID/);
    assert.equal(await done('company', 'remove', other), `${NAME} (${other}) is removed\n`);
  });

  it('remove takes the company from the list, once', async () => {
    assert.equal(await done('company', 'remove', NAME), `${NAME} (${id}) is removed\n`);
    const again = await tandem(['company', 'remove', id]);
    assert.equal(again.code, 1);
    assert.match(again.err, /^error: no company "/);
    assert.equal((await tandem(['company', 'list'])).out, '');
    assert.equal(await done('problems'), 'no open problems\n');
  });
});

/** What `tandem company show` prints, as far as it is looked at here. */
interface Shown {
  readonly name: string;
  readonly stage: string;
  readonly settings: { readonly intervalMs: number };
  readonly records: Readonly<Record<string, number>>;
  readonly connectors: readonly unknown[];
  readonly status: {
    readonly phase: { readonly kind: string; readonly reason?: string };
  };
}
