import { setTimeout as sleep } from 'node:timers/promises';
import type { LabListing } from '../contract/labs.ts';
import type { MachineCondition } from '../contract/machine.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { lookAtLabs, type See } from '../lab/list-labs.ts';
import { seeMachines, type SeenMachine } from '../lab/machines.ts';
import { createWake } from './wake.ts';

/** What there is on this host. */
export interface Look {
  readonly labs: readonly LabListing[];
  /** How the machines are that are there, by UUID. */
  readonly machines: ReadonlyMap<string, MachineCondition>;
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
  const see = createMachinesPoll();
  const listeners = new Set<(look: Look) => void>();
  const wake = createWake(pauseMs);
  let last: Look | undefined;
  let stop: AbortController | undefined;

  const goOn = async (signal: AbortSignal) => {
    const isOver = () => signal.aborted;
    while (!isOver()) {
      // A folder that may not be read is not one without labs: they are as they were last seen.
      const looked = await lookAtLabs(context, see).catch(() => undefined);
      if (isOver()) return;
      if (looked) {
        const { labs, machines } = looked;
        last = { labs, machines: new Map(machines.map(({ uuid, condition }) => [uuid, condition])) };
        for (const listener of listeners) listener(last);
      }
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

/** Looks for machines, never twice at once. Until libvirt has answered, they are as they were last seen. */
function createMachinesPoll(): See {
  let known: readonly SeenMachine[] | undefined;
  let asking: Promise<void> | undefined;
  const ask: (connections: Parameters<See>[0]) => Promise<void> = async (connections) => {
    const owners = (known ?? []).flatMap(({ uuid, owner }) =>
      owner?.labId === undefined ? [] : [[uuid, { ...owner, labId: owner.labId }] as const],
    );
    try {
      const seen = await seeMachines(connections, new Map(owners));
      const before = new Map((known ?? []).map(({ uuid, condition }) => [uuid, condition]));
      known = seen.map((machine) => asLastSeen(machine, before.get(machine.uuid)));
    } catch {
      // Neither is it known that they are gone: the next look tells.
    } finally {
      asking = undefined;
    }
  };
  return async (connections) => {
    asking ??= ask(connections);
    await Promise.race([asking, sleep(patienceMs)]);
    return known ?? byProcess();
  };
}

/** While libvirt does not answer: whether it knows a machine is not known, and no reason to alarm anybody. */
function asLastSeen(machine: SeenMachine, before: MachineCondition | undefined): SeenMachine {
  if (machine.condition.unasked !== true) return machine;
  return { ...machine, condition: before ?? { ...machine.condition, known: true } };
}

/** Before libvirt has answered once. */
async function byProcess(): Promise<readonly SeenMachine[]> {
  const machines = await seeMachines([]);
  return machines.map((machine) => ({ ...machine, condition: { ...machine.condition, known: true } }));
}
