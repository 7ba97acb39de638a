import { LabError } from '../contract/lab-error.ts';
import { handOver, type HoldCommand } from '../lab/hold-lab.ts';
import type { WorkOptions } from '../lab/lab-context.ts';
import { serveLab, type OwnerService } from '../lab/owner-service.ts';
import type { RunningLab } from '../lab/running-lab.ts';

/** The labs whose switch runs in this process. */
export interface OwnedLabs {
  names(): string[];
  /** Takes charge of a lab that was started here: other processes may ask for verbs from now on. */
  add(lab: RunningLab): Promise<void>;
  /** The lab for the time of a piece of work, which ends early when the lab is given up. */
  use<T>(
    name: string,
    work: WorkOptions,
    act: (lab: RunningLab, work: WorkOptions) => Promise<T>,
  ): Promise<{ readonly result: T } | undefined>;
  /**
   * Gives a lab up in some way, once nothing is under way on it any more.
   * @returns undefined where it is not, or no longer, this process's.
   */
  release<T>(name: string, how: (lab: RunningLab) => Promise<T>): Promise<T | undefined>;
}

interface Owned {
  readonly lab: RunningLab;
  readonly service: OwnerService;
  /** Set off when the lab is given up. */
  readonly leaving: AbortController;
  readonly underWay: Set<Promise<unknown>>;
  /** Never rejects. */
  left?: Promise<unknown>;
}

/** @param hold How a lab whose switch died here is given a process, and with it a switch, of its own. */
export function createOwnedLabs(hold: HoldCommand): OwnedLabs {
  const all = new Map<string, Owned>();

  /** One that is just being given up is waited for. */
  const find = async (name: string) => {
    const owned = all.get(name);
    await owned?.left;
    return all.get(name);
  };
  const release: OwnedLabs['release'] = async (name, how) => {
    const owned = await find(name);
    if (!owned) return undefined;
    const leaving = leave(owned, how).finally(() => all.delete(name));
    owned.left = leaving.catch(() => undefined);
    return leaving;
  };
  const letGo = (name: string) => release(name, (lab) => lab.letGo());

  return {
    names: () => [...all.keys()],
    add: async (lab) => {
      const { name } = lab.record.plan;
      const service = await serveLab(lab);
      all.set(name, { lab, service, leaving: new AbortController(), underWay: new Set() });
      // By then it may be another's, or another lab may have its name.
      const lose = async (how: (lost: RunningLab) => Promise<void>) => {
        if (all.get(name)?.lab === lab) await release(name, how).catch(() => undefined);
      };
      void service.released.then(() => lose((released) => released.letGo()));
      lab.cables.failure.catch(() => lose((lost) => handOver(lost, hold)));
    },
    use: async (name, work, act) => {
      const owned = await find(name);
      if (!owned) return undefined;
      const { lab, leaving, underWay } = owned;
      const acting = act(lab, { ...work, signal: AbortSignal.any([work.signal, leaving.signal]) });
      underWay.add(acting);
      try {
        return { result: await acting };
      } finally {
        underWay.delete(acting);
        // A suspended lab needs no owner.
        if (lab.record.state === 'suspended') await letGo(name);
      }
    },
    release,
  };
}

async function leave<T>(
  { lab, service, leaving, underWay }: Owned,
  how: (lab: RunningLab) => Promise<T>,
): Promise<T> {
  leaving.abort(new LabError('cancelled', 'Cancelled: the lab was given up.'));
  await Promise.allSettled(underWay);
  await service[Symbol.asyncDispose]();
  return how(lab);
}
