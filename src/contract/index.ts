/** What crosses between workflow, connector and cloud. Types and pure functions; the zod schemas lie apart in `schema/`. */
export * from './activities.ts';
export * from './answer.ts';
export * from './connectorService.ts';
export * from './control.ts';
export * from './ledgers.ts';
export * from './names.ts';
export * from './posting.ts';
export * from './pull.ts';
export * from './run.ts';
export * from './site.ts';
export * from './unreadable.ts';
