import type { LabChange } from '../contract/changes.ts';
import type { JournalEntry } from '../contract/journal.ts';
import { controlRequestSchema, type ControlRequest } from '../contract/lab-control.ts';
import { forgottenSchema, mendResultSchema } from '../contract/mend.ts';
import { message, type Message } from '../contract/message.ts';
import { readByHand, type ByHand } from './by-hand.ts';
import { readJournalSince } from './journal-since.ts';

/**
 * What was done to a lab after a moment, oldest first: by its owner, as the journal tells, and by hand, as far as the
 * application saw it.
 * @param after ISO 8601.
 */
export async function readChanges(dataFolder: string, lab: string, after: string): Promise<LabChange[]> {
  const entries = await readJournalSince(dataFolder, lab, after, tableVerbs);
  return changesSince(entries, await readByHand(dataFolder, lab), after);
}

/**
 * The same, of what was read. Pure.
 * @param entries With the newest one before that may have changed the table: it is seen a little later.
 */
export function changesSince(
  entries: readonly JournalEntry[],
  { shells, table }: ByHand,
  after: string,
): LabChange[] {
  const since = Date.parse(after);
  const own = entries.flatMap((entry): LabChange[] => {
    const words = Date.parse(entry.at) > since ? wordsOf(entry) : undefined;
    if (!words) return [];
    return [{ at: entry.at, words: entry.error ? failed(words) : words }];
  });
  const typed = Object.entries(shells).map(([node, at]) => ({
    at,
    words: message('change.typed', 'a command typed in a shell on {node}', { node }),
  }));
  const foreign = table
    .filter((at) => !entries.some((entry) => isOfEntry(at, entry)))
    .slice(-1)
    .map((at) => ({
      at,
      words: message('change.table', 'the director’s table changed, by hand or by what checks the servers'),
    }));
  return [...own, ...[...typed, ...foreign].filter(({ at }) => Date.parse(at) > since)].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}

function failed(change: Message): Message {
  return message('change.failed', '{change}, which failed', { change });
}

/**
 * Milliseconds after a verb of the owner in which what is seen of the table is its doing: it is looked at every second or
 * two, and an emulated guest takes its time to list it.
 */
const slackMs = 5000;

/** Verbs by which the owner itself changes the table, or has it changed. */
const tableVerbs = new Set([
  ...['start', 'switch', 'reset', 'service', 'mend', 'healthDrill', 'startNode', 'restartNode', 'stopNode'],
  'nodeService',
]);

function isOfEntry(at: string, entry: JournalEntry): boolean {
  const time = Date.parse(at);
  const begin = Date.parse(entry.at);
  return tableVerbs.has(entry.verb) && time >= begin && time <= begin + entry.milliseconds + slackMs;
}

type RequestOf<Verb extends ControlRequest['verb']> = Extract<ControlRequest, { verb: Verb }>;

/** By verb, what it changed; null where it only looks, measures, or leaves the lab as it was. */
const changeWords: {
  readonly [Verb in ControlRequest['verb']]:
    ((request: RequestOf<Verb>, result: unknown) => Message | undefined) | null;
} = {
  ...{ describe: null, release: null, suspend: null, resume: null, drift: null, observe: null, load: null },
  ...{ watch: null, frames: null, frame: null, facts: null, capture: null },
  impair: cableWords,
  moveCable: cableWords,
  switch: ({ mode }) => message('change.switch', 'the mode switched to {mode}', { mode }),
  reset: () => message('change.reset', 'all machines made anew'),
  stopNode: ({ node }) => message('change.stop-node', '{node} stopped', { node }),
  startNode: ({ node }) => message('change.start-node', '{node} started', { node }),
  restartNode: ({ node }) => message('change.restart-node', '{node} restarted', { node }),
  service: ({ changes }) => message('change.service', '{parts} changed', { parts: servicePartsOf(changes) }),
  healthDrill: () => message('change.drill', 'a web server stopped for a while, as a drill'),
  nodeService: ({ node, does }) =>
    does === 'stop'
      ? message('change.service-stopped', 'the service of {node} stopped', { node })
      : message('change.service-started', 'the service of {node} started', { node }),
  forgetArp: (_, result) =>
    forgotNothing(result)
      ? undefined
      : message('change.forget-arp', 'the VIP’s MAC forgotten by all machines but the director'),
  mend: ({ node }, result) =>
    changedNothing(result) ? undefined : message('change.mend', '{node} put right', { node }),
};

function wordsOf({ request, result }: JournalEntry): Message | undefined {
  const { data } = controlRequestSchema.safeParse(request);
  if (!data) return undefined;
  const words = changeWords[data.verb] as
    ((request: ControlRequest, result: unknown) => Message | undefined) | null;
  return words?.(data, result);
}

function cableWords(request: Extract<ControlRequest, { verb: 'impair' | 'moveCable' }>): Message {
  const { node, nic } = request;
  const cable = nic === undefined ? node : `${node}:${nic}`;
  if (request.verb === 'moveCable') {
    const { segment } = request;
    return segment === null
      ? message('change.cable-out', 'cable {cable} taken out', { cable })
      : message('change.cable-moved', 'cable {cable} put into {segment}', { cable, segment });
  }
  const { impairment } = request;
  if (impairment === null) return message('change.cable-mended', 'cable {cable} mended', { cable });
  return impairment.cut
    ? message('change.cable-cut', 'cable {cable} cut', { cable })
    : message('change.cable-worse', 'cable {cable} made worse', { cable });
}

function servicePartsOf(changes: Extract<ControlRequest, { verb: 'service' }>['changes']): Message[] {
  const told: Readonly<Record<keyof typeof changes, Message>> = {
    weights: message('change.part.weights', 'weights'),
    scheduler: message('change.part.scheduler', 'scheduler'),
    persistentSeconds: message('change.part.persistence', 'persistence'),
    netmask: message('change.part.netmask', 'the net mask of persistence'),
    schedulerFlags: message('change.part.flags', 'the scheduler’s flags'),
    upper: message('change.part.thresholds', 'thresholds'),
    lower: message('change.part.thresholds', 'thresholds'),
    timeouts: message('change.part.timeouts', 'time-outs'),
  };
  const parts = Object.entries(told).flatMap(([name, words]) => (name in changes ? [words] : []));
  return parts.filter(({ id }, index) => parts.findIndex((other) => other.id === id) === index);
}

function forgotNothing(result: unknown): boolean {
  const { data } = forgottenSchema.safeParse(result);
  return data?.nodes.every(({ had }) => had === '') ?? false;
}

function changedNothing(result: unknown): boolean {
  const { data } = mendResultSchema.safeParse(result);
  return data !== undefined && data.ran.length + data.cables.length === 0 && !data.started;
}
