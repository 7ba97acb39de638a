import type { IpvsChanges, IpvsSnapshot, SchedulerInfo } from '../contract/ipvs.ts';
import { followIpvs } from '../ipvs/follow-ipvs.ts';
import { probeSchedulers } from '../ipvs/probe-schedulers.ts';
import type { ByHandNotes } from '../lab/by-hand.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { namesOf } from '../lab/service-report.ts';
import { answerOf } from '../lab/virtual-service.ts';
import { withDirector } from '../lab/with-director.ts';

/** A read of the director: what it has, what changed since the read before, the real servers' names by `RIP:port`. */
interface IpvsRead {
  readonly snapshot: IpvsSnapshot;
  readonly changes: IpvsChanges | null;
  readonly names: Record<string, string>;
  /** Which service takes the lab's requests, such as `tcp VIP:80`; null where none does. */
  readonly service: string | null;
}

/** Milliseconds for what is asked once. */
const askMs = 20_000;

/** What the director's kernel knows; every call rejects with LabError as `withDirector` does. */
export function createIpvsCore(context: LabContext, notes?: Pick<ByHandNotes, 'tableChanged'>) {
  return {
    /** Reads the director every second until the signal. */
    follow(lab: string, onRead: (read: IpvsRead) => void, signal: AbortSignal): Promise<void> {
      return withDirector(context, lab, signal, async (director, plan) => {
        for await (const { snapshot, changes } of followIpvs(director, { signal })) {
          const { service } = answerOf(snapshot, plan);
          if (changes && isOtherTable(changes)) void notes?.tableChanged(lab);
          const taken = service ? `${service.protocol} ${service.address}` : null;
          onRead({ snapshot, changes, names: namesOf(snapshot, plan), service: taken });
        }
      });
    },
    /** The schedulers its kernel offers, of those that LVS Lab knows. */
    async schedulers(lab: string): Promise<SchedulerInfo[]> {
      const signal = AbortSignal.timeout(askMs);
      const { schedulers } = await withDirector(context, lab, signal, (director) =>
        probeSchedulers(director, signal),
      );
      return schedulers.flatMap(({ info }) => info ?? []);
    },
  };
}

/** Fields that change by the traffic alone. */
const ofTraffic = /^(counters|rates|activeConnections|inactiveConnections|persistentConnections)/;

/** Someone changed services or real servers: more than what the traffic counts. */
export function isOtherTable({ services, servers, timeouts }: IpvsChanges): boolean {
  return [...services, ...servers, ...timeouts].some(
    ({ change, fields }) => change !== 'changed' || fields.some(({ field }) => !ofTraffic.test(field)),
  );
}
