import { message, type Message } from '../contract/message.ts';
import type { ServiceVerdict } from '../contract/load.ts';
import { countWords } from './counts.ts';
import type { RunSummary } from './tally.ts';

type Counts = Pick<RunSummary, 'requests' | 'failed' | 'failures' | 'failedAt'>;

/**
 * Whether the service answered: the client's verdict, which says nothing of the scheduler.
 * @param refusals Why the director refused connections, as its judge knows.
 */
export function serviceVerdict(
  { requests, failed, failures, failedAt }: Counts,
  refusals: readonly Message[],
): ServiceVerdict {
  const values = { failed, requests };
  if (failed === 0) {
    const words = message('service.all-answered', 'All {requests} requests were answered.', values);
    return { verdict: 'all-answered', words, causes: [] };
  }
  const kinds = Object.entries(failures).map(([kind, count]) => `${count ?? 0} ${kind}`);
  const all = failed === requests;
  const words = all
    ? message('service.none-answered', 'None of {requests} requests was answered: {kinds}.', {
        ...values,
        kinds,
      })
    : message('service.some-failed', '{failed} of {requests} requests failed: {kinds}.', {
        ...values,
        kinds,
      });
  const causes = [...refusals];
  const handed = new Map(Object.entries(failedAt));
  if (handed.size > 0) {
    const counts = countWords(handed);
    causes.push(
      message('service.handed', 'Of the failed requests the director had handed on: {counts}.', { counts }),
    );
  }
  return { verdict: all ? 'none-answered' : 'some-failed', words, causes };
}
