/** What is in use at once, by name: calls, polls, connections, bytes. A name with nothing in use is forgotten. */

export interface Shares {
  /** Takes `amount` of the name's share if that stays within `limit`; returns how to give it back (once), or undefined. */
  take(name: string, amount: number, limit: number): (() => void) | undefined;
  inUse(name: string): number;
  total(): number;
}

export function createShares(): Shares {
  const used = new Map<string, number>();
  let total = 0;
  const change = (name: string, by: number): void => {
    const left = (used.get(name) ?? 0) + by;
    total += by;
    if (left === 0) used.delete(name);
    else used.set(name, left);
  };
  return {
    take(name, amount, limit) {
      if ((used.get(name) ?? 0) + amount > limit) return undefined;
      change(name, amount);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        change(name, -amount);
      };
    },
    inUse: (name) => used.get(name) ?? 0,
    total: () => total,
  };
}
