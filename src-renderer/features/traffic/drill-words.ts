import type { HealthDrill } from '../../../src-main/contract/health-drill.ts';

export type DrillEvent = 'stopped' | 'out' | 'started' | 'back' | 'firstError' | 'lastError';

/** What happened in a drill and when, in order of time; what never happened is left out. */
export function drillEvents(
  drill: HealthDrill,
): readonly { readonly event: DrillEvent; readonly ms: number }[] {
  const times: readonly (readonly [DrillEvent, number | null])[] = [
    ['stopped', drill.stoppedMs],
    ['firstError', drill.firstErrorMs],
    ['out', drill.outMs],
    ['lastError', drill.lastErrorMs],
    ['started', drill.startedMs],
    ['back', drill.backMs],
  ];
  return times.flatMap(([event, ms]) => (ms === null ? [] : [{ event, ms }])).sort((a, b) => a.ms - b.ms);
}

/** How long the drill's load lasted, in milliseconds. */
export function drillLength(drill: HealthDrill): number {
  const last = (drill.seconds.at(-1)?.second ?? 0) + 1;
  return Math.max(last * 1000, drill.backMs ?? 0, drill.startedMs);
}
