/** A row of the tables of answers: the message, a record as it is read, and what stands within its element. */
import type { AnyRecord, messages } from '../../src/qbxml/index.ts';

export type AnswerRow = readonly [message: keyof typeof messages, record: AnyRecord, xml: string];
