import type { Report } from '../model/report.ts';

/** Something that was broken on purpose, and whether it was put right again. */
export interface Fault {
  readonly entry: number;
  readonly at: string;
  readonly mode: string;
  /** The change that did it; null for a drill, which tells of itself. */
  readonly change: Report['changes'][number] | null;
  /** The machine whose web server a drill stopped. */
  readonly drilled: string | null;
  /** When it was over, ISO 8601; null where it never was. */
  readonly mendedAt: string | null;
}

type Change = Report['changes'][number];

/** What a change breaks, and what another one mends: a cable by its NIC, a machine by its name. */
function brokenBy({ verb, node, request, impairment }: Change): string | undefined {
  if (verb === 'impair' && impairment !== null) return cableOf(node, request['nic']);
  if (verb === 'moveCable' && request['segment'] === null) return cableOf(node, request['nic']);
  return verb === 'stopNode' ? `machine ${node ?? ''}` : undefined;
}

function mendedBy({ verb, node, request, impairment }: Change): string | undefined {
  if (verb === 'impair' && impairment === null) return cableOf(node, request['nic']);
  if (verb === 'moveCable' && request['segment'] !== null) return cableOf(node, request['nic']);
  return verb === 'startNode' || verb === 'restartNode' ? `machine ${node ?? ''}` : undefined;
}

/** Without a NIC's name it is the machine's first: the lab takes it so too. */
function cableOf(node: string | null, nic: unknown): string {
  return `cable ${node ?? ''}:${typeof nic === 'string' ? nic : 'eth0'}`;
}

/** Every fault in the order in which they came. A reset ends all that are there, but leaves no machine stopped. */
export function faultsOf({
  changes,
  drills,
  setUps,
}: Pick<Report, 'changes' | 'drills' | 'setUps'>): Fault[] {
  const resets = setUps.filter(({ verb }) => verb === 'reset');
  const done = changes.filter(({ error }) => error === null);
  const changed = done.flatMap((change): Fault[] => {
    const broken = brokenBy(change);
    if (broken === undefined) return [];
    const later = [...done.filter((other) => mendedBy(other) === broken), ...resets]
      .filter(({ entry }) => entry > change.entry)
      .sort((a, b) => a.entry - b.entry);
    return [{ ...headOf(change), mode: change.mode, change, drilled: null, mendedAt: later[0]?.at ?? null }];
  });
  const drilled = drills.map((drill): Fault => {
    const startedAt = new Date(Date.parse(drill.at) + drill.startedMs);
    const mendedAt = Number.isNaN(startedAt.getTime()) ? drill.at : startedAt.toISOString();
    return { ...headOf(drill), mode: drill.mode, change: null, drilled: drill.server, mendedAt };
  });
  return [...changed, ...drilled].sort((a, b) => a.entry - b.entry);
}

function headOf({ entry, at }: { entry: number; at: string }): Pick<Fault, 'entry' | 'at'> {
  return { entry, at };
}
