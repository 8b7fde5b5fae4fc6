/** Token buckets by name: so many at once, refilled at so many a second. Buckets that are full again are forgotten. */
import type { Rate } from './limits.ts';

export interface RateLimiter {
  /** Takes one; false when there is none left. */
  take(name: string): boolean;
  /** Whether there is one left. */
  has(name: string): boolean;
  /** Forgets full buckets. */
  sweep(): void;
}

interface Bucket {
  left: number;
  at: number;
}

/** `now` in milliseconds. */
export function createRateLimiter({ perSecond, burst }: Rate, now: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const refilled = (name: string): Bucket => {
    const at = now();
    const bucket = buckets.get(name) ?? { left: burst, at };
    bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1_000) * perSecond);
    bucket.at = at;
    return bucket;
  };
  return {
    take(name) {
      const bucket = refilled(name);
      buckets.set(name, bucket);
      if (bucket.left < 1) return false;
      bucket.left -= 1;
      return true;
    },
    has: (name) => refilled(name).left >= 1,
    sweep() {
      for (const name of buckets.keys()) if (refilled(name).left >= burst) buckets.delete(name);
    },
  };
}
