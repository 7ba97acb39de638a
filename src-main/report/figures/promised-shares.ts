import { processCount } from '../../traffic/curl-command.ts';
import { requestTimeoutSeconds } from '../../traffic/curl-options.ts';
import { schedulePromise } from '../../ipvs/schedulers.ts';
import type { ReportedRun } from '../model/run.ts';

/**
 * The part of all connections that each server was promised, all together 1.
 * @returns null where the schedule was not kept, or promises no shares, or where the lab was changed under it.
 */
export function promisedShares({
  schedule,
  request,
  disturbedBy,
}: ReportedRun): ReadonlyMap<string, number> | null {
  if (schedule === null || disturbedBy.length > 0) return null;
  const atOnce = processCount({ ...request, timeoutSeconds: requestTimeoutSeconds });
  const promise = schedulePromise(schedule, atOnce);
  switch (promise.kind) {
    case 'shares':
      return promise.shares;
    case 'turns':
      return new Map([...promise.turns].map(([name, turns]) => [name, turns / promise.period]));
    case 'one-server':
      return promise.among.length === 1 ? new Map(promise.among.map((name) => [name, 1])) : null;
    case 'sticky':
    case 'none':
      return null;
  }
}
