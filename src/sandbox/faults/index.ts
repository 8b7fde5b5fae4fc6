/** Faults on demand, shared by both sandboxes: `createFaultRegistry(language)`, its pages, and the two languages. */
export { type ApiCall, apiFaults, type ProcessorCall, processorFaults } from './dialects.ts';
export { type FaultAction, FaultError, type FaultLanguage, type FaultPoint, replacedAnswer } from './fault.ts';
export { type Caught, createFaultRegistry, type FaultRegistry, type FaultState } from './registry.ts';
export { faultRoutes } from './routes.ts';
