import { LabError } from '../../contract/lab-error.ts';
import type { SentRequest } from '../../evidence/evidence.ts';
import type { ServingService } from '../../evidence/serving-service.ts';
import { startCurlLoop, type CurlRun } from '../../traffic/curl-loop.ts';
import type { Sample } from '../../traffic/sample.ts';
import { chooseSources, withSources } from '../client-sources.ts';
import type { WorkOptions } from '../lab-context.ts';
import { watchLoad } from '../load-watch.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { nodeOfRole } from '../running-lab.ts';

/** What curl says of a watched load, as a whole and of each request. */
export interface WatchedLoad {
  readonly run: CurlRun;
  readonly sent: readonly SentRequest[];
}

/** Addresses that a load comes from where the service looks at the client: with two servers chance hides none of 16. */
const mostSources = 16;

/** Sends the requests of an observation, from several addresses where the director's choice depends on the client's. */
export async function sendWatched(
  lab: OwnedLab,
  requests: number,
  serving: ServingService | undefined,
  work: WorkOptions,
): Promise<WatchedLoad> {
  const client = await sessionTo(lab, nodeOfRole(lab, 'client'), work.signal);
  const { plan } = lab.record;
  const watch = await watchLoad(lab.cables.labSwitch, plan);
  const more = looksAtClient(serving) ? moreSources(lab, Math.min(requests, mostSources) - 1) : undefined;
  const samples: Sample[] = [];
  const run = await withSources(client, plan, { count: more, signal: work.signal }, (added) =>
    startCurlLoop({
      ...{ session: client, service: plan.service, requests, concurrency: 1, timeoutSeconds: 2 },
      sources: added && [...ownAddress(lab), ...added],
      attribute: watch.attribute,
      onSamples: (some) => samples.push(...some),
      signal: work.signal,
    }),
  );
  return { run, sent: samples.map(toSent) };
}

function toSent({ number, sourceAddress, sourcePort, failure }: Sample): SentRequest {
  return { number, address: sourceAddress, port: sourcePort, failure: failure?.kind ?? null };
}

/** Schedulers that choose by the client's address (sh, mh), and persistence: one address shows one choice of theirs. */
function looksAtClient(serving: ServingService | undefined): boolean {
  const { scheduler = '', persistentSeconds } = serving?.service ?? {};
  return scheduler === 'sh' || scheduler === 'mh' || Boolean(persistentSeconds);
}

/** How many addresses the client's subnet has left; none where it has not so many. */
function moreSources({ record: { plan } }: OwnedLab, most: number): number | undefined {
  for (let count = most; count > 0; count = Math.floor(count / 2)) {
    try {
      chooseSources(plan, count);
      return count;
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
    }
  }
  return undefined;
}

function ownAddress(lab: OwnedLab): string[] {
  const { nics } = nodeOfRole(lab, 'client');
  return nics.flatMap(({ address }) => address?.split('/')[0] ?? []).slice(0, 1);
}
