import { distinct, type Candidate } from './candidates.ts';
import type { Connection, Presence } from './connection.ts';
import type { Outcome } from './outcomes.ts';
import type { Question, Standing } from './question.ts';
import { mostMemories } from './scheduler.ts';
import { serverOf } from './service.ts';
import type { TcpFlags } from './types.ts';

const synAlone: TcpFlags = { syn: true, ack: false, fin: false, rst: false };

/** Where a SYN may have gone: one place in the list of servers, or null, once it is told; all that is possible else. */
export type Went = readonly (number | null)[];

/** Goes on from what became of a SYN. What no outcome explains is taken as it is. */
export function apply(standing: Standing, question: Question, went: Went): void {
  const matching = question.outcomes.filter(({ server }) => went.includes(server));
  standing.states = statesAfter(standing, question, matching, went);
  const { connections } = standing;
  const isMade = question.open !== undefined || matching.length === 0 || matching.some(({ made }) => made);
  const isSomewhere = went.some((server) => server !== null);
  if (!isMade) {
    const old = connections.get(question.key);
    if (!old || !isSomewhere) return;
    connections.move(old, question.at, 'in', synAlone);
    connections.settle(old, went, question.at);
    return;
  }
  if (question.givenUp !== 'no') connections.retire(question.key, question.at);
  else connections.drop(question.key);
  const connection = isSomewhere ? connect(standing, question, went) : undefined;
  if (question.net !== undefined) bind(standing, question, question.net, { went, matching, connection });
}

function connect({ service, connections }: Standing, { key, at, net }: Question, went: Went): Connection {
  const connection: Connection = {
    ...{ servers: went, state: 'NONE', doubtful: false },
    ending: { from: Infinity, to: Infinity },
    controlled: net === undefined ? 'no' : 'yes',
    inputOnly: serverOf(service, { servers: went })?.forwarding !== 'nat',
  };
  connections.set(key, connection);
  connections.move(connection, at, 'in', synAlone);
  return connection;
}

interface Made {
  readonly went: Went;
  readonly matching: readonly Outcome[];
  /** Undefined where it was refused. */
  readonly connection: Connection | undefined;
}

/** The client's template after a new connection, or after none was made; ip_vs_sched_persist() in ip_vs_core.c. */
function bind(
  { service, templates, blurred }: Standing,
  { at, template }: Question,
  net: string,
  { went, matching, connection }: Made,
): void {
  blurred.delete(net);
  const [server = null, ...others] = went;
  if (!connection) {
    if (template === 'no') templates.forget(net);
    return;
  }
  if (server === null || others.length > 0) {
    blurred.add(net);
    return;
  }
  const isOld = matching.some(({ why }) => why === 'persistence');
  const isNew = matching.length === 0 || matching.some(({ why, made }) => made && why !== 'persistence');
  const old: Presence = isOld && isNew ? 'maybe' : isOld ? 'yes' : 'no';
  const renewed = templates.renew(net, at, server, (service.persistentSeconds ?? 0) * 1000, old);
  renewed.controls.add(connection);
  renewed.doubtful = template !== 'yes' && matching.some(({ made }) => !made);
}

/** The hidden states after an outcome; all that can be when none explains it. */
function statesAfter(
  { candidates, states }: Standing,
  { counts, open }: Question,
  matching: readonly Outcome[],
  went: Went,
): readonly Candidate[] | undefined {
  if (!candidates) return undefined;
  const bound = (state: Candidate) =>
    went.flatMap((server) =>
      server === null || server === -1 ? [state] : candidates.afterBinding(state, counts, server),
    );
  let next: Candidate[] | undefined;
  if (open === 'virtual-address') next = states?.flatMap(bound);
  else if (open !== undefined || matching.length === 0) next = candidates.all(counts)?.flatMap(bound);
  else if (states) {
    next = matching.flatMap(({ server, made, candidate }) =>
      made && server !== null ? candidates.afterBinding(candidate, counts, server) : [candidate],
    );
  }
  const each = next && distinct(next);
  return each && each.length <= mostMemories ? each : undefined;
}
