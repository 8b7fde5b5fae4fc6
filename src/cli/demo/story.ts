/**
 * The story that the demo tells, step by step, with two companies and two connectors. Each step makes a person's move on
 * one side, waits for what must come of it on the other, and says what it saw there. A step that sees anything else fails.
 */
import type { CommandProcess } from './process.ts';
import type { Stage, StageCompany } from './stage.ts';
import * as bills from './story/bills.ts';
import * as day from './story/firstDay.ts';
import * as money from './story/money.ts';
import * as rules from './story/rules.ts';
import type { Telling } from './telling.ts';

export interface Plot {
  readonly stage: Stage;
  readonly telling: Telling;
  readonly fresh: StageCompany;
  readonly seasoned: StageCompany;
  readonly connectors: Map<string, CommandProcess>;
}

export async function tellStory(plot: Plot): Promise<void> {
  const { telling, stage, fresh, seasoned } = plot;
  await telling.step('Lists and vendors of QuickBooks arrive in MineralTree', () => bills.listsArrive(stage, fresh));
  await telling.step('A bill typed in QuickBooks appears in MineralTree', () => bills.billArrives(stage, fresh));
  await telling.step('An invoice approved and posted in MineralTree is an open bill in QuickBooks', () =>
    bills.invoicePosts(stage, fresh),
  );
  await telling.step('An edit in QuickBooks reaches MineralTree, an edit in MineralTree reaches QuickBooks', () =>
    bills.editsBothWays(stage, fresh),
  );
  await telling.step('An invoice that QuickBooks would refuse becomes a problem, is corrected, and goes', () =>
    bills.problemIsMended(stage, fresh),
  );
  await telling.step('A term each way', () => rules.termsBothWays(stage, fresh));
  await telling.step('An address changed in MineralTree is the address in QuickBooks', () =>
    rules.addressArrives(stage, fresh),
  );
  await telling.step('A credit applied in QuickBooks becomes a credit payment and stands on the remittance', () =>
    money.creditStandsOnRemittance(stage, fresh),
  );
  await telling.step('A discount taken in QuickBooks lowers the balance and does not stand on the remittance', () =>
    money.discountLowersBalance(stage, fresh),
  );
  await telling.step('Check, ACH, card and manual check leave their accounts in QuickBooks, once each', () =>
    money.paymentsPost(stage, fresh),
  );
  await telling.step('A bill paid in QuickBooks is paid in MineralTree', () => money.paidInQuickBooks(stage, fresh));
  await telling.step('The closing date refuses, and there are two ways out', () => rules.closingDate(stage, fresh));
  await telling.step('A company with years of history on both sides goes through its first day', () =>
    day.firstDay(stage, seasoned),
  );
  await telling.step('A company is paused by a signal, and resumed', () => bills.pauseAndResume(stage, seasoned));
  await telling.step('The connector in the middle of posting is killed; the other finishes, nothing twice', () =>
    bills.connectorDies(plot, fresh),
  );
}
