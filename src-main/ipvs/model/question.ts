import type { Candidate, Candidates } from './candidates.ts';
import { presenceOf, type Presence } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Counts } from './tally.ts';
import { both, fateOf, opposite, presenceIf, schedule, type Outcome } from './outcomes.ts';
import type { Templates } from './persistence.ts';
import type { Request, SchedulerModel } from './scheduler.ts';
import type { ReadService } from './service.ts';
import type { ModelSettings, UnknownReason } from './types.ts';

/** All that is known of a service at a moment. */
export interface Standing {
  readonly service: ReadService;
  readonly settings: ModelSettings;
  readonly scheduler: SchedulerModel | UnknownReason;
  readonly candidates: Candidates | undefined;
  /** The hidden states that are possible; undefined when they are too many to follow, or there is no model. */
  states: readonly Candidate[] | undefined;
  readonly connections: Connections;
  readonly templates: Templates;
  /** Nets whose template binds them to a server that was not told. */
  readonly blurred: Set<string>;
  /** What lblc and lblcr remember is followed for one virtual address. */
  virtualHost: string | undefined;
}

/** A SYN of a client. */
interface Syn {
  readonly at: number;
  readonly key: string;
  /** The key of the client's template; undefined without persistence. */
  readonly net: string | undefined;
  /** The virtual address without its port. */
  readonly host: string;
  readonly request: Request;
}

/** What may become of a SYN. */
export interface Question extends Pick<Syn, 'at' | 'key' | 'net'> {
  readonly counts: readonly Counts[];
  readonly outcomes: readonly Outcome[];
  /** Why any other outcome is possible, too. */
  readonly open: UnknownReason | undefined;
  /** Whether a connection of that client port is given up for it. */
  readonly givenUp: Presence;
  /** Whether a template binds the client. */
  readonly template: Presence;
}

/** In place of the hidden states where they are not followed: what goes by no scheduler is told nevertheless. */
const blank: Candidate = { variant: { activeCost: 257, hash: 'high-bits' }, flags: '', memory: '' };

/** Tells what the kernel may do with a SYN; ip_vs_in_hook() and ip_vs_schedule() in ip_vs_core.c. */
export function ask(standing: Standing, syn: Syn): Question {
  const { connections, candidates } = standing;
  const counts = connections.counts(syn.at);
  if (standing.states && candidates) standing.states = candidates.afterExpiry(standing.states, counts);
  const states = standing.states ?? [blank];
  const old = goingOn(standing, syn, states);
  const base = { at: syn.at, key: syn.key, net: syn.net, counts, givenUp: old.givenUp };
  if (!old.mayBeNew) return { ...base, outcomes: old.outcomes, open: undefined, template: 'maybe' };
  const bound = byTemplate(standing, syn, states);
  const outcomes = [...old.outcomes, ...bound.outcomes];
  if (bound.open !== undefined) return { ...base, outcomes, open: bound.open, template: 'maybe' };
  if (bound.binds === 'yes') return { ...base, outcomes, open: undefined, template: 'yes' };
  const scheduled = bySchedule(standing, syn, counts);
  if (typeof scheduled === 'string') return { ...base, outcomes, open: scheduled, template: bound.binds };
  return { ...base, outcomes: [...outcomes, ...scheduled], open: undefined, template: bound.binds };
}

/** A connection of the same client port goes on, unless it is given up. */
function goingOn(standing: Standing, syn: Syn, states: readonly Candidate[]) {
  const { service, settings, connections, candidates } = standing;
  const old = connections.get(syn.key);
  const presence = old ? presenceOf(old, syn.at) : 'no';
  if (!old || presence === 'no') return { outcomes: [], givenUp: 'no' as const, mayBeNew: true };
  const fates = old.servers
    .filter((server) => server !== null)
    .map((place) => {
      const server = service.servers[place];
      const fate = fateOf(old, server, settings, candidates?.modeZeroKeepsAll ?? null);
      return { ...fate, stays: stays(server ? place : null) };
    });
  const givenUp: Presence = fates.some((fate) => fate.givenUp !== 'no') ? 'maybe' : 'no';
  const kinds = fates.filter(({ goesOn }) => goesOn !== 'no').map((fate) => fate.stays);
  if (givenUp !== 'no' && isTracked(settings)) kinds.push(dropped);
  const outcomes = kinds.flatMap((kind) => states.map((candidate): Outcome => ({ ...kind, candidate })));
  return { outcomes, givenUp, mayBeNew: presence !== 'yes' || givenUp !== 'no' };
}

/** ip_vs_conn_uses_old_conntrack() in ip_vs_core.c. */
const dropped: Omit<Outcome, 'candidate'> = { server: null, why: 'old-conntrack', made: true };

function isTracked({ conntrack = 0 }: ModelSettings): boolean {
  return conntrack !== 0;
}

/** A packet of a connection whose server has left the table is dropped. */
function stays(server: number | null): Omit<Outcome, 'candidate'> {
  return { server, why: server === null ? 'server-gone' : 'existing-connection', made: false };
}

/** The client's persistence template sends it to its server, whatever its weight and thresholds. */
function byTemplate(
  { service, settings, templates, blurred }: Standing,
  syn: Syn,
  states: readonly Candidate[],
) {
  const none = { outcomes: [] as Outcome[], binds: 'no' as Presence, open: undefined };
  if (syn.net === undefined) return none;
  if (blurred.has(syn.net)) return { ...none, open: 'too-many-states' as const };
  const template = templates.get(syn.net);
  if (!template) return none;
  const server = service.servers[template.server];
  const quiescent = presenceIf(settings.expireQuiescentTemplate, (value) => value !== 0);
  const valid: Presence = !server ? 'no' : server.weight === 0 ? opposite(quiescent) : 'yes';
  const binds = both(templates.presence(template, syn.at), valid);
  if (binds === 'no') return none;
  const what = { server: template.server, why: 'persistence' as const, made: true };
  return { ...none, binds, outcomes: states.map((candidate) => ({ ...what, candidate })) };
}

/** Whether the scheduler remembers something of another virtual address than that of the packet. */
function isOther(standing: Standing, scheduler: SchedulerModel, { host }: Syn): boolean {
  standing.virtualHost ??= host;
  return standing.virtualHost !== host && (scheduler.memories()?.length ?? 2) > 1;
}

function bySchedule(standing: Standing, syn: Syn, counts: readonly Counts[]): Outcome[] | UnknownReason {
  const { service, scheduler, candidates, states } = standing;
  if (typeof scheduler === 'string') return scheduler;
  if (!candidates || !states) return 'too-many-states';
  if (!service.vip && scheduler.virtual && isOther(standing, scheduler, syn)) return 'virtual-address';
  const outcomes: Outcome[] = [];
  for (const state of states) {
    const some = schedule(scheduler, candidates, state, counts, syn.request);
    if (!some) return 'too-many-states';
    outcomes.push(...some);
  }
  return outcomes;
}
