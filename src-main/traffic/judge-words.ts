import type { DirectorState } from '../contract/director-log.ts';
import type { ChiSquareTest } from '../contract/ipvs.ts';
import { countOf, listed, message, type Message } from '../contract/message.ts';
import type { PredictionReason } from '../ipvs/model/types.ts';
import { countsConnections } from '../ipvs/schedulers.ts';
import { countWords } from './counts.ts';
import type { Judged, Stray } from './judged.ts';

// What a judge says of a load; contract/message-words/ has it in other languages.

/** Nothing is judged of a lab that was changed while requests ran: a scheduler promises nothing of it. */
export function disturbedWords(verbs: readonly string[]): Message {
  const words = 'The lab was changed while the requests ran ({verbs}), so nothing is judged.';
  return message('judged.disturbed', words, { verbs: listed(verbs) });
}

/** How many connections the director handed to which entry, and how many to none. */
export function observedWords({ counts, refused, unseen }: Judged, state: DirectorState): Message {
  const items: (string | Message)[] = countWords(named(counts, state));
  const count = [...refused.values()].reduce((sum, each) => sum + each, 0);
  if (count > 0) items.push(message('judged.refused', 'refused by the director {count}', { count }));
  if (unseen > 0) items.push(message('judged.not-seen', 'not seen {count}', { count: unseen }));
  return items.length > 0 ? listed(items) : message('judged.no-connection', 'no connection');
}

function named(counts: ReadonlyMap<string, number>, state: DirectorState): Map<string, number> {
  return new Map([...counts].map(([address, count]) => [nameOf(address, state), count]));
}

function nameOf(address: string, { servers }: DirectorState): string {
  return servers.find((server) => server.address === address)?.name ?? address;
}

/** Of a load of which every connection went as the kernel's scheduler sends it. */
export function keptWords(judged: Judged, state: DirectorState): Message {
  const count = countOf(judged.picks, 'connection');
  const { scheduler } = state;
  const words = 'Each of {count} went as {scheduler} sends it by the table that the director had.';
  const kept = message('judged.kept', words, { count, scheduler });
  const notes = [...stateNotes(state), ...refusedNotes(judged)];
  return notes.length === 0 ? kept : listed([kept, ...notes], ' ');
}

/** What of the table's state the scheduler looked at, where it is not what a fresh table has. */
function stateNotes(state: DirectorState): Message[] {
  const left = new Map(
    state.servers.flatMap(({ name, active, inactive }) =>
      active + inactive > 0 ? [[name, active + inactive] as const] : [],
    ),
  );
  const bounded = state.servers.filter(({ upper }) => upper > 0);
  const notes: Message[] = [];
  if (left.size > 0 && (countsConnections(state.scheduler) || bounded.length > 0)) {
    const words = 'Connections of before were still in the table, which it counts: {left}.';
    notes.push(message('judged.left', words, { left: listed(countWords(left)) }));
  }
  if (bounded.length > 0) {
    const bounds = listed(bounded.map(({ name, upper }) => `${name} ${upper}`));
    const words = 'Upper thresholds (ipvsadm -x), which count active and inactive connections: {bounds}.';
    notes.push(message('judged.bounds', words, { bounds }));
  }
  return notes;
}

/** Why the director refused connections, each with how many. */
export function refusedNotes({ refused }: Pick<Judged, 'refused'>): Message[] {
  return [...refused].map(([reason, count]) => {
    const values = { count: countOf(count, 'connection'), why: reasonWords(reason) };
    return message('judged.refused-why', 'The director refused {count}: {why}.', values);
  });
}

/** Why the kernel may pick what a prediction allows. */
function reasonWords(reason: PredictionReason): Message {
  return reasons[reason];
}

const nothingElse = message('picked.several', 'of what may have been the case, nothing else explains it');

const reasons: Readonly<Record<PredictionReason, Message>> = {
  'existing-connection': message(
    'picked.existing',
    'the client’s port belongs to a connection that the director still knows',
  ),
  persistence: message('picked.persistence', 'persistence binds the client'),
  scheduled: message('picked.scheduled', 'it is the next by the scheduler'),
  'all-full': message('picked.all-full', 'every real server has reached its upper threshold'),
  'all-weight-0': message('picked.all-weight-0', 'every real server has weight 0'),
  'no-server': message('picked.no-server', 'the service has no real server'),
  'hashed-server-out': message(
    'picked.hashed-out',
    'the client’s address is hashed to a real server that takes no connections, and no other is asked without the fallback flag',
  ),
  'all-over-weight': message(
    'picked.all-over-weight',
    'every real server has more active connections than its weight, which ovf takes for full',
  ),
  'server-gone': message(
    'picked.server-gone',
    'its connection belongs to a real server that has left the table, and expire_nodest_conn is off',
  ),
  'old-conntrack': message(
    'picked.old-conntrack',
    'net.ipv4.vs.conntrack is on and knows a closed connection of the same port, so the first SYN is dropped',
  ),
  several: nothingElse,
  unknown: nothingElse,
};

/** Of a connection that went elsewhere. */
export function strayWords({ number, client, to, prediction }: Stray, state: DirectorState): Message {
  const due = [...prediction.allowed].map((address) =>
    address === null ? message('judged.to-nobody', 'nobody') : nameOf(address, state),
  );
  const went = to === null ? message('judged.to-nobody', 'nobody') : nameOf(to, state);
  const values = { number, client, went, due: listed(due), scheduler: state.scheduler };
  return message(
    'judged.stray',
    'Connection {number}, of {client}, went to {went}; {scheduler} sends it to {due}: {why}.',
    { ...values, why: reasonWords(prediction.why) },
  );
}

/** Why nothing is judged. */
export function unknownWords(unknown: NonNullable<Judged['unknown']>): Message {
  return message('judged.not-predictable', 'Nothing is judged: {why}.', { why: unknowns[unknown] });
}

const unknowns: Readonly<Record<NonNullable<Judged['unknown']>, Message>> = {
  scheduler: message('unknown.scheduler', 'LVS Lab has no model of this scheduler'),
  protocol: message('unknown.protocol', 'of TCP over IPv4 alone it is known how connections are scheduled'),
  ipv6: message('unknown.protocol', 'of TCP over IPv4 alone it is known how connections are scheduled'),
  'persistence-engine': message(
    'unknown.engine',
    'a persistence engine binds clients by what their packets hold',
  ),
  defence: message(
    'unknown.defence',
    'drop_entry, drop_packet or secure_tcp is on, and has the director drop by chance',
  ),
  'last-weight': message(
    'unknown.last-weight',
    'mh goes by the weight that a server had before 0, which no listing tells',
  ),
  'too-many-states': message(
    'unknown.too-many',
    'what may have been the case before is more than can be followed',
  ),
  'virtual-address': message(
    'unknown.virtual',
    'requests for several virtual addresses or ports came together',
  ),
  'frames-lost': message('unknown.frames-lost', 'frames of the load are missing in the record'),
  'frames-mixed': message(
    'unknown.frames-mixed',
    'a cable has jitter, so that frames may have overtaken each other on their way to the director',
  ),
  'frames-late': message(
    'unknown.frames-late',
    'a cable delays or loses frames, so that it is not known which connections the director had when',
  ),
  'table-changed': message(
    'unknown.table-changed',
    'the director’s table was changed while the requests ran, by hand or by a program on the director',
  ),
  'connections-unlisted': message(
    'unknown.unlisted',
    'the director’s table counts connections that its list of connections does not have',
  ),
  'connections-cut': message('unknown.connections-cut', 'the director had more connections than are read'),
};

export function sharesWords(
  { statistic, degreesOfFreedom, pValue, significance }: ChiSquareTest,
  fits: boolean,
): Message {
  const meaning = fits
    ? message(
        'judged.chance.enough',
        'chance alone strays this far often enough (p at least {significance})',
        { significance },
      )
    : message('judged.chance.rare', 'chance alone would stray this far in less than {percent}% of all runs', {
        percent: significance * 100,
      });
  return message(
    'judged.shares',
    'Judged by the shares: chi-square {statistic} with {degrees} degrees of freedom, p = {p}; {meaning}.',
    { statistic: statistic.toFixed(2), degrees: degreesOfFreedom, p: shortP(pValue), meaning },
  );
}

function shortP(pValue: number): Message | string {
  return pValue < 0.0001 ? message('judged.tiny-p', 'less than 0.0001') : pValue.toFixed(4);
}
