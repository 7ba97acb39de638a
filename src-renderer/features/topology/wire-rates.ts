import type { LiveBatch } from '../../../src-main/contract/frames.ts';

/** What goes over the wires, in frames a second. */
export interface WireRates {
  readonly total: number;
  /** One in so many frames is drawn: 1 where all are. */
  readonly oneIn: number;
  /** By `node:nic`, what came out of it. */
  readonly ports: Readonly<Record<string, number>>;
  /** Frames that were overwritten before they could be looked at, in the time that is looked at. */
  readonly lost: number;
}

const windowMs = 1000;

/** The batches of the last second. */
export function keepRecent(batches: readonly LiveBatch[], now: number): LiveBatch[] {
  return batches.filter(({ at }) => at > now - windowMs);
}

/** Rates over the last second. */
export function ratesOf(batches: readonly LiveBatch[]): WireRates {
  const ports: Record<string, number> = {};
  let [total, shown, lost] = [0, 0, 0];
  for (const batch of batches) {
    total += batch.seen;
    shown += batch.frames.length;
    lost += batch.lost;
    for (const [port, { frames }] of Object.entries(batch.ports)) ports[port] = (ports[port] ?? 0) + frames;
  }
  return { total, oneIn: shown ? Math.max(1, Math.round(total / shown)) : 1, ports, lost };
}
