import type { ReportedRun } from '../model/run.ts';

/**
 * The part of all connections that each server was to get, all together 1.
 * @returns null where the model of the scheduler does not tell, or the lab was changed under it.
 */
export function promisedShares({
  figures,
  disturbedBy,
}: Pick<ReportedRun, 'figures' | 'disturbedBy'>): ReadonlyMap<string, number> | null {
  const shares = disturbedBy.length > 0 ? null : figures?.judgement?.shares;
  return shares ? new Map(Object.entries(shares)) : null;
}
