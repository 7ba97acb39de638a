import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import type { WayToLeave } from '../contract/settings.ts';
import type { HoldCommand } from '../lab/hold-lab.ts';
import { leaveLab } from '../lab/leave-lab.ts';
import type { OwnedLabs } from './owned-labs.ts';

/** How long one lab may take: a machine whose memory is saved under emulation takes some seconds. */
const patienceMs = 60_000;

/** What became of a lab, or why it could not be left as was meant. */
export type Left = { readonly lab: string } & (
  { readonly way: WayToLeave } | { readonly way: 'failed'; readonly error: unknown }
);

/** Leaves all labs of this process in one way, side by side. Never rejects, and never takes for ever. */
export async function leaveLabs(
  owned: OwnedLabs,
  way: WayToLeave,
  { command, onLeft }: { readonly command: HoldCommand; readonly onLeft: (left: Left) => void },
): Promise<void> {
  const impatience = new AbortController();
  const leaveOne = async (lab: string) => {
    const work = { onProgress: () => undefined, signal: impatience.signal, command };
    const leaving = owned.release(lab, (own) => leaveLab(own, way, work));
    leaving.catch(() => undefined);
    try {
      const left = await Promise.race([leaving, failAfter(patienceMs, lab, impatience)]);
      if (left) onLeft({ lab, way: left });
    } catch (error) {
      onLeft({ lab, way: 'failed', error });
    }
  };
  await Promise.all(owned.names().map(leaveOne));
}

async function failAfter(milliseconds: number, lab: string, impatience: AbortController): Promise<never> {
  await sleep(milliseconds, undefined, { ref: false });
  impatience.abort();
  throw new LabError('command-failed', `The lab '${lab}' could not be left in time.`, {
    remedy: `See with 'lvslab ls' how it is; 'lvslab recover' mends it.`,
  });
}
