import { commonDivisor } from '../common-divisor.ts';
import { isOpen, mostMemories, type Memory, type SchedulerModel, type ServerView } from './scheduler.ts';

/** The head of the kernel's list, before the first server: where it stands after a change of the table. */
const head = -1;

/**
 * rr: the next server behind the last one picked; ip_vs_rr_schedule() in ip_vs_rr.c. The memory is the place of the last
 * one. A change of weights in place leaves it.
 */
export function roundRobin(count: number): SchedulerModel {
  return {
    counts: false,
    memories: () => Array.from({ length: count + 1 }, (_, index) => String(index + head)),
    pick: (servers, memory) => {
      const server = nextOpen(servers, Number(memory));
      return [{ server, memory: server === null ? memory : String(server) }];
    },
  };
}

/** All behind the last one, then from the front up to and with the last one itself. */
function nextOpen(servers: readonly ServerView[], last: number): number | null {
  for (let step = 1; step <= servers.length; step += 1) {
    const index = (last + step) % servers.length;
    const server = servers[index];
    if (server && isOpen(server)) return index;
  }
  return null;
}

/**
 * wrr: passes over the list with a current weight that falls by the greatest common divisor; ip_vs_wrr_schedule() in
 * ip_vs_wrr.c. The memory is the place of the last one and the current weight. A change of the table sets the place back
 * to the head of the list and leaves the current weight, where it fits; ip_vs_wrr_dest_changed().
 */
export function weightedRoundRobin(weights: readonly number[]): SchedulerModel {
  const open = weights.filter((weight) => weight > 0).map((weight) => ({ name: '', weight }));
  const step = commonDivisor(open);
  const greatest = Math.max(0, ...weights) - (step - 1);
  return {
    counts: false,
    memories: () => {
      const passes = Math.ceil(greatest / step);
      if (passes * (weights.length + 1) > mostMemories) return undefined;
      const memories: Memory[] = greatest === 0 ? [`${head} 0`] : [];
      for (let current = greatest; current > 0; current -= step) {
        for (let place = head; place < weights.length; place += 1) memories.push(`${place} ${current}`);
      }
      return memories;
    },
    pick: (servers, memory) => {
      if (greatest === 0) return [{ server: null, memory }];
      const [place = head, current = greatest] = memory.split(' ').map(Number);
      const turn = walk(servers, { place, current, step, greatest });
      return [{ server: turn.found ? turn.place : null, memory: `${turn.place} ${turn.current}` }];
    },
  };
}

interface Walk {
  readonly place: number;
  readonly current: number;
  readonly step: number;
  readonly greatest: number;
}

/** Ends where a server is found, or once all have been looked at with a current weight of 1. */
function walk(servers: readonly ServerView[], { place: start, current: first, step, greatest }: Walk) {
  let [place, current] = [start, first];
  let [lastPass, restarted] = [false, false];
  for (;;) {
    const isLast = lastPass && restarted && start !== head;
    const stop = isLast ? start : servers.length - 1;
    const found = servers.findIndex(
      ({ full, weight }, index) => index > place && index <= stop && !full && weight >= current,
    );
    if (found !== -1) return { found: true, place: found, current };
    if (isLast) return { found: false, place: start, current };
    place = head;
    current -= step;
    if (current <= 0) {
      current = greatest;
      if (lastPass || start === head) return { found: false, place, current };
      restarted = true;
    }
    lastPass = current <= step;
  }
}
