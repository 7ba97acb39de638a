import type { LabFacts } from '../../contract/lab-facts.ts';
import { works } from '../../contract/machine.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import { guestVersionsScript, parseGuestVersions } from '../facts/guest-versions.ts';
import { readHostFacts } from '../facts/host-facts.ts';
import { readFacts, writeFacts } from '../facts/kept-facts.ts';
import type { WorkOptions } from '../lab-context.ts';
import { conditionOf } from '../machines.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { throwIfCancelled } from '../task.ts';

/**
 * Where a lab runs and what runs in it, kept in its folder too. Of a node that is down or does not answer, what was kept.
 * @throws LabError `cancelled`; nothing is kept then.
 */
export async function findFacts(lab: OwnedLab, { signal }: Pick<WorkOptions, 'signal'>): Promise<LabFacts> {
  const { context, record } = lab;
  const { name, nodes } = record.plan;
  // It is asked beside other verbs: of machines that are being made or put to sleep nothing is.
  const asked = record.state === 'ready' ? nodes : [];
  const [kept, host, told] = await Promise.all([
    readFacts(context.dataFolder, name),
    readHostFacts(context, record),
    Promise.all(asked.map((node) => askNode(lab, node, signal))),
  ]);
  const guests = { ...kept?.guests, ...Object.fromEntries(told.flat()) };
  const facts = { host, guests };
  // Nor is anything written into the folder of a lab that may be gone next.
  throwIfCancelled(signal);
  await writeFacts(context.dataFolder, name, facts);
  return facts;
}

/** Labs whose facts this process has begun to keep. */
const begun = new WeakSet<OwnedLab>();

/**
 * Keeps a lab's facts where not all are kept yet, while the lab is waited for anyway; once, since guests that are too slow
 * for that stay so. What comes of it is nobody's concern: a report that is made later asks again.
 * @param milliseconds After which it is given up.
 */
export function keepFactsMeanwhile(lab: OwnedLab, milliseconds: number, signal: AbortSignal): void {
  if (begun.has(lab)) return;
  begun.add(lab);
  const within = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  void keepFacts(lab, within).catch(() => undefined);
}

async function keepFacts(lab: OwnedLab, signal: AbortSignal): Promise<void> {
  const { plan } = lab.record;
  const kept = await readFacts(lab.context.dataFolder, plan.name);
  if (kept && plan.nodes.every(({ name }) => name in kept.guests)) return;
  await findFacts(lab, { signal });
}

/** Milliseconds for a guest that may have been paused since it was last asked. */
const askMs = 30_000;

async function askNode(
  lab: OwnedLab,
  node: NodePlan,
  signal: AbortSignal,
): Promise<[string, LabFacts['guests'][string]][]> {
  try {
    // To one that is down there is no session, and it would be waited for.
    const known = lab.sessions.has(node.name) || works(await conditionOf(lab.context.connection, node));
    if (!known) return [];
    const { stdout } = await (
      await sessionTo(lab, node, signal)
    ).run(guestVersionsScript, {
      signal,
      timeout: askMs,
    });
    return [[node.name, parseGuestVersions(stdout, node.role === 'director')]];
  } catch {
    return [];
  }
}
