import type { ReportedRun } from '../../model/run.ts';
import { serverOrder } from '../server-colors.ts';

/** All servers of a load, those that answered nothing too. */
export function serversOf({ schedule, figures }: Pick<ReportedRun, 'schedule' | 'figures'>): string[] {
  const answered = [...Object.keys(figures?.byServer ?? {}), ...(figures?.sequence ?? [])];
  const listed = schedule?.servers.map(({ name, machine }) => machine ?? name) ?? [];
  return serverOrder([...listed, ...answered.filter((name) => name !== null)]);
}
