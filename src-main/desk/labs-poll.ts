import { setTimeout as sleep } from 'node:timers/promises';
import type { LabListing } from '../contract/labs.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { describeLabs } from '../lab/list-labs.ts';
import { listOwnDomains, type OwnDomain } from '../libvirt/domain.ts';
import { createWake } from './wake.ts';

/** What there is on this host. */
export interface Look {
  readonly labs: readonly LabListing[];
  /** UUIDs of the machines that run. */
  readonly running: ReadonlySet<string>;
}

/** Looks at this host's labs about once a second, while anyone wants to know. */
export interface LabsPoll {
  /** Hears of each look, and of the last one at once where there was one lately. @returns what ends that. */
  follow(onLook: (look: Look) => void): () => void;
  /** Looks again soon. */
  readonly soon: () => void;
}

const everyMs = 1000;
const pauseMs = 100;
/** How long libvirt may keep the look at everything else waiting. */
const patienceMs = 1500;

export function createLabsPoll(context: LabContext): LabsPoll {
  const machines = createMachinesPoll(context);
  const listeners = new Set<(look: Look) => void>();
  const wake = createWake(pauseMs);
  let last: Look | undefined;
  let stop: AbortController | undefined;

  const goOn = async (signal: AbortSignal) => {
    const isOver = () => signal.aborted;
    while (!isOver()) {
      const domains = await machines();
      const labs = await describeLabs(context, domains);
      if (isOver()) return;
      last = { labs, running: new Set(domains.map(({ uuid }) => uuid)) };
      for (const listener of listeners) listener(last);
      await wake.wait(everyMs, signal);
    }
  };
  return {
    follow: (onLook) => {
      const listener = (look: Look) => {
        onLook(look);
      };
      listeners.add(listener);
      if (!stop) {
        stop = new AbortController();
        void goOn(stop.signal);
      }
      if (last) onLook(last);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.abort();
        stop = last = undefined;
      };
    },
    soon: wake.up,
  };
}

/** Asks libvirt for its machines, never twice at once. Where it does not answer there are none. */
function createMachinesPoll({ connection }: LabContext): () => Promise<readonly OwnDomain[]> {
  let known: readonly OwnDomain[] = [];
  let asking: Promise<void> | undefined;
  const ask = async () => {
    try {
      known = await listOwnDomains(connection, new Map(known.map((domain) => [domain.uuid, domain])));
    } catch {
      known = [];
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    asking ??= ask();
    await Promise.race([asking, sleep(patienceMs)]);
    return known;
  };
}
