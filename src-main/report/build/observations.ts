import type { RequestStory } from '../../contract/evidence.ts';
import type { JournalEntry } from '../../contract/journal.ts';
import { observationSchema } from '../../contract/observation.ts';
import type { Report } from '../model/report.ts';
import type { ReportSource } from '../report-source.ts';

/** Every observation, with one of its stories. */
export async function observationsOf(
  source: ReportSource,
  entries: readonly JournalEntry[],
): Promise<Report['observations']> {
  const told: Report['observations'] = [];
  for (const entry of entries) {
    const { data: seen } = observationSchema.safeParse(entry.result);
    if (entry.verb !== 'observe' || !seen) continue;
    const kept = await Promise.all([source.capture(entry.id), source.evidence(entry.id)]);
    told.push({
      ...{ entry: entry.id, at: entry.at, milliseconds: entry.milliseconds },
      ...{ mode: seen.mode, requests: seen.requests, failed: seen.failed, byServer: seen.byServer },
      ...{ frames: seen.frames, framesLost: seen.framesLost, vipOn: seen.vipOn },
      ...{ claims: seen.claims, explanations: seen.explanations, remarks: seen.remarks },
      story: chooseStory(seen.stories),
      ...{ vipClaims: seen.vipClaims, vipQuestions: seen.vipQuestions },
      verifiable: kept.every((file) => file !== undefined),
    });
  }
  return told;
}

/** The one story that a report tells: the first answered one, or else the first. */
export function chooseStory(stories: readonly RequestStory[]): RequestStory | null {
  return stories.find(({ outcome }) => outcome === 'answered') ?? stories[0] ?? null;
}
