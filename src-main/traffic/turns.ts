import { message, type Message } from '../contract/message.ts';
import type { Schedule, SchedulePromise } from '../ipvs/schedulers.ts';
import { wrrSequence } from '../ipvs/wrr-sequence.ts';
import type { SeenRun } from './seen-run.ts';

type Turns = Extract<SchedulePromise, { kind: 'turns' }>;

/** Beyond it, every rotation against every order would take seconds; counts of turns are judged alone. */
const longestSequence = 1000;

/** What is wrong with the order in which servers answered; undefined when nothing is. */
export function orderFault(
  promise: Turns,
  schedule: Schedule,
  { places, firstBreak }: SeenRun,
): Message | undefined {
  if (firstBreak !== undefined)
    return message('judged.fault.order', 'request {number} broke the order', { number: firstBreak });
  const round = Array.from({ length: promise.period }, (_, place) => places[place]);
  return (
    turnsFault(promise, round) ??
    (promise.period > longestSequence ? undefined : walkFault(promise, schedule, round))
  );
}

type Round = readonly (string | undefined)[];

function turnsFault({ turns, period }: Turns, round: Round): Message | undefined {
  const free = round.filter((holder) => holder === undefined).length;
  for (const [name, due] of turns) {
    const had = round.filter((holder) => holder === name).length;
    if (had <= due && had + free >= due) continue;
    const words = '{server} had {had} of every {period} connections, not {due}';
    return message('judged.fault.turns', words, { server: name, had, period, due });
  }
  return undefined;
}

function walkFault({ turns }: Turns, schedule: Schedule, round: Round): Message | undefined {
  // Who holds a place that nobody ever answered is unknown, and so may be the order.
  if (!schedule.walk && round.includes(undefined)) return undefined;
  const walks = schedule.walk ? [schedule.walk] : possibleWalks(round, turns.size);
  const sequences = walks.map((walk) => sequenceOf(schedule, walk));
  if (sequences.some((sequence) => isRotation(round, sequence))) return undefined;
  const seen = round.map((holder) => holder ?? '?').join(' ');
  if (schedule.walk) {
    const promised = sequences[0]?.join(' ') ?? '';
    return message('judged.fault.walk', 'the round {seen} is not the promised {promised}', {
      seen,
      promised,
    });
  }
  return message(
    'judged.fault.no-walk',
    'the round {seen} is one that {scheduler} makes with no order of these servers',
    { seen, scheduler: schedule.scheduler },
  );
}

function sequenceOf({ scheduler, servers }: Schedule, walk: readonly string[]): string[] {
  const open = servers.filter(({ weight }) => weight > 0);
  const walked = walk.flatMap((name) => open.filter((server) => server.name === name));
  // rr is wrr with one weight for all.
  return wrrSequence(scheduler === 'rr' ? walked.map(({ name }) => ({ name, weight: 1 })) : walked);
}

/** The orders in which the kernel may walk its list: in the last pass of a period everyone has one turn, in that order. */
function possibleWalks(round: Round, servers: number): string[][] {
  const walks = new Map<string, string[]>();
  const twice = [...round, ...round];
  for (let start = 0; start < round.length; start += 1) {
    const walk = twice.slice(start, start + servers).filter((name) => name !== undefined);
    if (new Set(walk).size === servers) walks.set(walk.join(' '), walk);
  }
  return [...walks.values()];
}

function isRotation(round: Round, sequence: readonly string[]): boolean {
  if (round.length !== sequence.length) return false;
  return sequence.some((_, shift) =>
    round.every(
      (holder, place) => holder === undefined || holder === sequence[(place + shift) % sequence.length],
    ),
  );
}

/** Whole periods give each server its turns; a begun one gives it none to all of them. */
export function shareFault({ turns, period }: Turns, seen: SeenRun): Message | undefined {
  const [whole, begun] = [Math.floor(seen.requests / period), seen.requests % period];
  let missing = 0;
  for (const [name, due] of turns) {
    const had = seen.counts.get(name) ?? 0;
    const least = whole * due;
    const most = least + Math.min(due, begun);
    if (had > most) {
      const words = '{server} answered {count}, more than its {most}';
      return message('judged.fault.more', words, { server: name, count: had, most });
    }
    missing += Math.max(0, least - had);
  }
  if (missing <= seen.unknown) return undefined;
  return message('judged.fault.elsewhere', '{count} connections went to others than promised', {
    count: missing,
  });
}
