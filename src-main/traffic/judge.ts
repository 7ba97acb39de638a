import type { Judgement } from '../contract/ipvs.ts';
import { listed, message, type Message } from '../contract/message.ts';
import { schedulePromise, type Schedule, type SchedulePromise } from '../ipvs/schedulers.ts';
import { parseIpv4 } from '../template/ipv4.ts';
import { defaultSignificance, goodnessOfFit, observationsNeeded } from './chi-square.ts';
import { observedWords, sharesWords, stickyWords, tornWords, turnsWords, unnamed } from './judge-words.ts';
import { countWords, nothingSeen, see, type SeenRun } from './seen-run.ts';
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
      see(seen, promise, server, source === null ? unnamed : clientOf(source));
    },
    judgement() {
      const finding = judge(promise, { schedule, seen, atOnce, significance });
      return {
        scheduler: schedule.scheduler,
        promised: promise.words,
        observed: observedWords(seen),
        test: null,
        ...finding,
      };
    },
  };
}

function judge(promise: SchedulePromise, given: Case): Finding {
  const strangers = strangersFault(given, promise);
  if (strangers) return { verdict: 'not-as-promised', words: strangers };
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
      return {
        verdict: 'not-predictable',
        words: message('judged.not-predictable', 'Not predictable: {why}.', { why: promise.words }),
      };
  }
}

/** Whom no promise allows: names that are no server's, and servers of weight 0, which serve old clients alone. */
function strangersFault({ schedule, seen }: Case, { kind }: SchedulePromise): Message | undefined {
  const allowed = schedule.servers.filter(
    ({ weight }) => weight > 0 || (kind === 'sticky' && schedule.persistentSeconds),
  );
  const names = [...seen.counts.keys()].filter((name) => !allowed.some((server) => server.name === name));
  if (names.length === 0) return undefined;
  const servers = listed(names);
  return message('judged.strangers', '{servers} answered, which should have got nothing.', { servers });
}

function judgeTurns(promise: SchedulePromise & { kind: 'turns' }, { schedule, seen, atOnce }: Case): Finding {
  const needed = 2 * promise.period;
  if (seen.requests < needed || seen.counts.size === 0)
    return tooShort(
      seen,
      message('judged.needed.requests', '{count} requests are needed', { count: needed }),
    );
  const inOrder = atOnce === 1;
  const fault = inOrder ? orderFault(promise, schedule, seen) : shareFault(promise, seen);
  return {
    verdict: fault === undefined ? 'as-promised' : 'not-as-promised',
    words: turnsWords(inOrder, fault ?? message('judged.kept', 'as promised'), seen.unknown),
  };
}

function judgeOneServer({ among }: SchedulePromise & { kind: 'one-server' }, given: Case): Finding {
  const { seen } = given;
  const answered = [...seen.counts.keys()];
  if (among.length === 0) {
    return { verdict: 'as-promised', words: message('judged.nobody', 'No server answered, as promised.') };
  }
  if (answered.length > 1 || answered.some((name) => !among.includes(name))) {
    const words = message(
      'judged.several',
      'All should have gone to one of {servers}, but these answered: {counts}.',
      { servers: listed(among), counts: listed(countWords(seen.counts)) },
    );
    return { verdict: 'not-as-promised', words };
  }
  const needed = 1 + repeatsNeeded(given);
  const count = seen.requests - seen.unknown;
  if (count < needed) {
    const words = '{count} answers are needed before chance is no explanation';
    return tooShort(seen, message('judged.needed.answers', words, { count: needed }));
  }
  return {
    verdict: 'as-promised',
    words: message('judged.one-server', '{server} answered all {count} requests, as promised.', {
      ...{ server: answered.join(''), count },
    }),
  };
}

function judgeShares(
  { shares }: SchedulePromise & { kind: 'shares' },
  { seen, significance }: Case,
): Finding {
  const test = goodnessOfFit(seen.counts, shares, significance);
  const needed = observationsNeeded(shares.values());
  if (seen.requests - seen.unknown < needed) {
    const words = '{count} answers are needed for 5 expected from every server';
    return { ...tooShort(seen, message('judged.needed.expected', words, { count: needed })), test };
  }
  const fits = test.pValue >= significance;
  return { verdict: fits ? 'as-promised' : 'not-as-promised', words: sharesWords(test, fits), test };
}

function judgeSticky(given: Case): Finding {
  const { seen } = given;
  const torn = [...seen.byClient].filter(([, answers]) => answers.size > 1);
  if (torn.length > 0) {
    return { verdict: 'not-as-promised', words: tornWords(torn) };
  }
  const repeats = seen.requests - seen.unknown - seen.byClient.size;
  const needed = repeatsNeeded(given);
  if (repeats < needed) {
    const words = '{count} repeated requests are needed before chance is no explanation';
    return tooShort(seen, message('judged.needed.repeats', words, { count: needed }));
  }
  return { verdict: 'as-promised', words: stickyWords(seen) };
}

/** So many times the same server again, drawn evenly, comes up by chance no more often than the significance. */
function repeatsNeeded({ schedule, significance }: Case): number {
  const servers = schedule.servers.filter(({ weight }) => weight > 0).length;
  return servers < 2 ? 1 : Math.ceil(Math.log(significance) / -Math.log(servers));
}

function tooShort({ requests, unknown }: SeenRun, needed: Message): Finding {
  const words = message(
    'judged.too-short',
    'Too short to judge: {answered} of {requests} requests were answered by a known server, and at least {needed}.',
    { answered: requests - unknown, requests, needed },
  );
  return { verdict: 'too-short', words };
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
