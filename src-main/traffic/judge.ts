import type { Judgement } from '../contract/ipvs.ts';
import { schedulePromise, type Schedule, type SchedulePromise } from '../ipvs/schedulers.ts';
import { parseIpv4 } from '../template/ipv4.ts';
import { defaultSignificance, goodnessOfFit, observationsNeeded } from './chi-square.ts';
import { describeCounts, nothingSeen, see, type SeenRun } from './seen-run.ts';
import { orderFault, shareFault } from './turns.ts';

/** Holds a run against its scheduler's promise as its requests end, each in constant time. */
export interface Judge {
  /**
   * The server that answered the next request; null when it failed or the page named none: a turn of anyone.
   * `source` is the client's address, null where it is not known.
   */
  add(server: string | null, source?: string | null): void;
  judgement(): Judgement;
}

export interface JudgeOptions {
  /**
   * How many requests are under way at once. With 1, replies come in the order in which connections reached the director,
   * and the order itself is judged. With several only the shares can be.
   */
  readonly atOnce: number;
  /** How rarely a right run may be called wrong where chance plays a part; 0.01 by default. */
  readonly significance?: number;
}

type Finding = Pick<Judgement, 'verdict' | 'words'> & Partial<Pick<Judgement, 'test'>>;

interface Case {
  readonly schedule: Schedule;
  readonly seen: SeenRun;
  readonly atOnce: number;
  readonly significance: number;
}

export function createJudge(schedule: Schedule, options: JudgeOptions): Judge {
  const { atOnce, significance = defaultSignificance } = options;
  const promise = schedulePromise(schedule, atOnce);
  const seen = nothingSeen();
  const clientOf = clientsByNet(schedule);
  return {
    add(server, source = null) {
      see(seen, promise, server, source === null ? 'the client' : clientOf(source));
    },
    judgement() {
      const finding = judge(promise, { schedule, seen, atOnce, significance });
      const observed = [
        describeCounts(seen.counts),
        ...(seen.unknown > 0 ? [`no known server ${seen.unknown}`] : []),
      ];
      return {
        scheduler: schedule.scheduler,
        promised: promise.words,
        observed: observed.filter(Boolean).join(', '),
        test: null,
        ...finding,
      };
    },
  };
}

function judge(promise: SchedulePromise, given: Case): Finding {
  const strangers = strangersFault(given, promise);
  if (strangers) return { verdict: 'not-as-promised', words: `${strangers}.` };
  switch (promise.kind) {
    case 'turns':
      return judgeTurns(promise, given);
    case 'one-server':
      return judgeOneServer(promise, given);
    case 'shares':
      return judgeShares(promise, given);
    case 'sticky':
      return judgeSticky(given);
    case 'none':
      return { verdict: 'not-predictable', words: `Not predictable: ${promise.words}.` };
  }
}

/** Whom no promise allows: names that are no server's, and servers of weight 0, which serve old clients alone. */
function strangersFault({ schedule, seen }: Case, { kind }: SchedulePromise): string | undefined {
  const allowed = schedule.servers.filter(
    ({ weight }) => weight > 0 || (kind === 'sticky' && schedule.persistentSeconds),
  );
  const names = [...seen.counts.keys()].filter((name) => !allowed.some((server) => server.name === name));
  return names.length === 0 ? undefined : `${names.join(', ')} answered, which should have got nothing`;
}

function judgeTurns(promise: SchedulePromise & { kind: 'turns' }, { schedule, seen, atOnce }: Case): Finding {
  const needed = 2 * promise.period;
  if (seen.requests < needed || seen.counts.size === 0)
    return tooShort(seen, `${needed} requests are needed`);
  const inOrder = atOnce === 1;
  const fault = inOrder ? orderFault(promise, schedule, seen) : shareFault(promise, seen);
  const judged = inOrder
    ? 'the order of the replies, which with one request at a time is that of the connections'
    : 'the shares, to within one turn, since several requests at once may end in another order than they came';
  const unknown =
    seen.unknown === 0
      ? ''
      : ` ${seen.unknown} requests without a known server count as turns of whoever was due.`;
  return {
    verdict: fault === undefined ? 'as-promised' : 'not-as-promised',
    words: `Judged by ${judged}: ${fault ?? 'as promised'}.${unknown}`,
  };
}

function judgeOneServer({ among }: SchedulePromise & { kind: 'one-server' }, given: Case): Finding {
  const { seen } = given;
  const answered = [...seen.counts.keys()];
  if (among.length === 0) return { verdict: 'as-promised', words: 'No server answered, as promised.' };
  if (answered.length > 1 || answered.some((name) => !among.includes(name))) {
    const words = `All should have gone to one of ${among.join(', ')}, but these answered: ${describeCounts(seen.counts)}.`;
    return { verdict: 'not-as-promised', words };
  }
  const needed = 1 + repeatsNeeded(given);
  const count = seen.requests - seen.unknown;
  if (count < needed) return tooShort(seen, `${needed} answers are needed before chance is no explanation`);
  return {
    verdict: 'as-promised',
    words: `${answered.join('')} answered all ${count} requests, as promised.`,
  };
}

function judgeShares(
  { shares }: SchedulePromise & { kind: 'shares' },
  { seen, significance }: Case,
): Finding {
  const test = goodnessOfFit(seen.counts, shares, significance);
  const needed = observationsNeeded(shares.values());
  if (seen.requests - seen.unknown < needed) {
    return { ...tooShort(seen, `${needed} answers are needed for 5 expected from every server`), test };
  }
  const fits = test.pValue >= significance;
  const figures = `chi-square ${test.statistic.toFixed(2)} with ${test.degreesOfFreedom} degrees of freedom, p = ${shortP(test.pValue)}`;
  const meaning = fits
    ? `chance alone strays this far often enough (p at least ${significance})`
    : `chance alone would stray this far in less than ${significance * 100}% of all runs`;
  return {
    verdict: fits ? 'as-promised' : 'not-as-promised',
    words: `Judged by the shares: ${figures}; ${meaning}.`,
    test,
  };
}

function judgeSticky(given: Case): Finding {
  const { seen } = given;
  const torn = [...seen.byClient].filter(([, answers]) => answers.size > 1);
  if (torn.length > 0) {
    const words = torn
      .map(([client, answers]) => `${client} was answered by ${describeCounts(answers)}`)
      .join('; ');
    return { verdict: 'not-as-promised', words: `Not sticky: ${words}.` };
  }
  const repeats = seen.requests - seen.unknown - seen.byClient.size;
  const needed = repeatsNeeded(given);
  if (repeats < needed) {
    return tooShort(seen, `${needed} repeated requests are needed before chance is no explanation`);
  }
  const spread = new Map<string, number>();
  for (const answers of seen.byClient.values()) {
    for (const server of answers.keys()) spread.set(server, (spread.get(server) ?? 0) + 1);
  }
  const clients = seen.byClient.size === 1 ? 'The one client' : `Each of ${seen.byClient.size} clients`;
  const spreading = seen.byClient.size === 1 ? '' : `; clients by server: ${describeCounts(spread)}`;
  return { verdict: 'as-promised', words: `${clients} was always answered by one server${spreading}.` };
}

/** So many times the same server again, drawn evenly, comes up by chance no more often than the significance. */
function repeatsNeeded({ schedule, significance }: Case): number {
  const servers = schedule.servers.filter(({ weight }) => weight > 0).length;
  return servers < 2 ? 1 : Math.ceil(Math.log(significance) / -Math.log(servers));
}

function tooShort({ requests, unknown }: SeenRun, needed: string): Finding {
  const words = `Too short to judge: ${requests - unknown} of ${requests} requests were answered by a known server, and at least ${needed}.`;
  return { verdict: 'too-short', words };
}

function shortP(pValue: number): string {
  return pValue < 0.0001 ? 'less than 0.0001' : pValue.toFixed(4);
}

/** With persistence and a netmask all addresses of a net are one client. */
function clientsByNet({ persistentSeconds, netmask }: Schedule): (source: string) => string {
  const mask = persistentSeconds && netmask ? parseIpv4(netmask) : undefined;
  if (mask === undefined) return (source) => source;
  return (source) => {
    const address = parseIpv4(source);
    if (address === undefined) return source;
    const net = (address & mask) >>> 0;
    return [24, 16, 8, 0].map((shift) => (net >>> shift) & 255).join('.');
  };
}
