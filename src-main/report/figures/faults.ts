import type { Report } from '../model/report.ts';
import { mendedAt, type Act } from './mended-at.ts';

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

/** Every fault in the order in which they came. */
export function faultsOf(report: Pick<Report, 'changes' | 'drills' | 'setUps' | 'switches'>): Fault[] {
  const acts = actsOf(report);
  const changed = report.changes.flatMap((change): Fault[] => {
    const over = change.mendedAt === undefined ? mendedAt(actOf(change), acts) : change.mendedAt;
    if (over === undefined) return [];
    return [{ ...headOf(change), mode: change.mode, change, drilled: null, mendedAt: over }];
  });
  const drilled = report.drills.map((drill): Fault => {
    const startedAt = new Date(Date.parse(drill.at) + drill.startedMs);
    const over = Number.isNaN(startedAt.getTime()) ? drill.at : startedAt.toISOString();
    return { ...headOf(drill), mode: drill.mode, change: null, drilled: drill.server, mendedAt: over };
  });
  return [...changed, ...drilled].sort((a, b) => a.entry - b.entry);
}

/** All that a report tells of: one of before says no more of what put its faults right. */
function actsOf({ changes, setUps, switches }: Parameters<typeof faultsOf>[0]): Act[] {
  const resets = setUps.filter(({ verb }) => verb === 'reset');
  return [
    ...changes.map(actOf),
    ...resets.map(({ entry, at, verb }) => ({ entry, at, verb, request: {}, result: null, failed: false })),
    ...switches.map((each) => ({
      ...headOf(each),
      verb: 'switch',
      request: {},
      result: each,
      failed: false,
    })),
  ];
}

function actOf({ entry, at, verb, request, error }: Report['changes'][number]): Act {
  return { entry, at, verb, request, result: undefined, failed: error !== null };
}

function headOf({ entry, at }: { entry: number; at: string }): Pick<Fault, 'entry' | 'at'> {
  return { entry, at };
}
