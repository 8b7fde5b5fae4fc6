/** Reaching Temporal. */
export { connectToTemporal, type TemporalAddress, TemporalNotReached } from './native.ts';
