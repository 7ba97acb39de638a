import { readIpvs } from '../ipvs/read-ipvs.ts';
import { tableLines } from '../ipvs/rule-line.ts';
import type { LabContext } from './lab-context.ts';
import type { LabRecord } from './lab-record.ts';
import { withDirector } from './with-director.ts';

/** Milliseconds for the director's answer. */
const askMs = 20_000;

/**
 * The table that the director of a running lab has, in ipvsadm's own form; undefined for a lab that does not run, whose
 * table is the recipe's.
 * @throws LabError as `withDirector`, for a director that should answer and does not.
 */
export async function readTableOf(
  context: Pick<LabContext, 'dataFolder'>,
  { plan: { name }, state }: Pick<LabRecord, 'plan' | 'state'>,
): Promise<string | undefined> {
  if (state !== 'ready') return undefined;
  const signal = AbortSignal.timeout(askMs);
  return withDirector(context, name, signal, async (director) =>
    tableLines(await readIpvs(director, { signal, mostConnections: 1 })),
  );
}
