import type { JournalEntry } from '../../contract/journal.ts';
import { message, type Message } from '../../contract/message.ts';
import type { Report } from '../model/report.ts';
import { partOf } from './part-of.ts';

/** What is told in English; contract/message-words/ has it in other languages, as `report.KIND`. */
export const notMeasuredWords = {
  'no-run': 'No load was measured: none was sent.',
  'no-observation': 'No claim was judged: no request was watched on the wires.',
  'mode-unused': 'Nothing was measured in the mode {mode}: the lab was not brought into it.',
  unread: 'What came of entry {entry} ({verb}) was not kept in a form that can be read.',
  sealed:
    'The steps of entry {entry} were not run then: the lab was restored with them applied. Commands, outputs and times are those of when that was made.',
  'samples-not-kept': 'No samples of run {entry} were kept, so no figures are told.',
  'samples-missing':
    'Of the {asked} samples of run {entry} {kept} were kept: its figures are of these alone.',
  'schedule-not-kept': 'Run {entry} was not judged: what the director promised was not kept.',
  disturbed: 'Run {entry} was not judged: the lab was changed while it ran ({verbs}).',
  'table-before-not-kept': 'The table of the director before run {entry} was not kept.',
  'frames-lost': 'In observation {entry} frames were lost to the record: {frames}.',
  'evidence-not-kept':
    'Observation {entry} cannot be judged again: its frames, or what the guests said, were not kept.',
  gap: 'For how long the service was away in the switch from {from} to {to} (entry {entry}) was not measured: no load ran.',
  'host-unknown': 'Nothing was kept of the host.',
  'guests-unknown': 'No guest could be asked for its versions.',
};

/** What a report tells, before it says what it lacks. */
type Told = Pick<
  Report,
  'parts' | 'facts' | 'setUps' | 'runs' | 'observations' | 'switches' | 'comparisons' | 'drills'
> & {
  /** It is of the whole lab, and not of one entry. */
  readonly whole: boolean;
  readonly modes: Readonly<Record<string, unknown>>;
};

/** What a reader would look for and was not measured, or not kept, each with why: of the parts that the report has. */
export function notMeasured(told: Told, entries: readonly JournalEntry[]): Message[] {
  return [
    ...(told.whole ? ofTheWhole(told) : []),
    ...unread(told, entries),
    ...told.setUps.filter(({ sealed }) => sealed).map(({ entry }) => say('sealed', { entry })),
    ...told.runs.flatMap(ofRun),
    ...told.observations.flatMap(ofObservation),
    ...told.switches.filter(({ gap }) => !gap).map(({ entry, from, to }) => say('gap', { entry, from, to })),
    ...(told.parts.includes('machines') ? ofMachines(told) : []),
  ];
}

function say(kind: keyof typeof notMeasuredWords, values: Message['values'] = {}): Message {
  return message(`report.${kind}`, notMeasuredWords[kind], values);
}

function ofTheWhole({ parts, modes, setUps, runs, observations }: Told): Message[] {
  const used = new Set([...setUps.map(({ layout }) => layout.mode), ...runs.map(({ mode }) => mode)]);
  const unused = parts.includes('set-ups') ? Object.keys(modes).filter((mode) => !used.has(mode)) : [];
  return [
    ...(parts.includes('runs') && runs.length === 0 ? [say('no-run')] : []),
    ...(parts.includes('evidence') && observations.length === 0 ? [say('no-observation')] : []),
    ...unused.map((mode) => say('mode-unused', { mode })),
  ];
}

/** Entries that ended well and of which a part should tell, but does not. */
function unread(told: Told, entries: readonly JournalEntry[]): Message[] {
  const { setUps, runs, observations, switches, comparisons, drills } = told;
  const lists = { setUps, runs, observations, switches, comparisons, drills };
  return entries.flatMap(({ id, verb, error }) => {
    const missing = partOf(verb).some(
      ({ part, list }) => told.parts.includes(part) && !lists[list].some(({ entry }) => entry === id),
    );
    return missing && !error ? [say('unread', { entry: id, verb })] : [];
  });
}

function ofRun({
  entry,
  request,
  figures,
  schedule,
  disturbedBy,
  tablesBefore,
}: Report['runs'][number]): Message[] {
  const [asked, kept] = [request.requests, figures?.requests ?? 0];
  return [
    ...(figures ? [] : [say('samples-not-kept', { entry })]),
    ...(figures && kept < asked ? [say('samples-missing', { entry, kept, asked })] : []),
    ...(schedule ? [] : [say('schedule-not-kept', { entry })]),
    ...(disturbedBy.length > 0 ? [say('disturbed', { entry, verbs: disturbedBy })] : []),
    ...(tablesBefore === null ? [say('table-before-not-kept', { entry })] : []),
  ];
}

function ofObservation({ entry, framesLost, verifiable }: Report['observations'][number]): Message[] {
  return [
    ...(framesLost > 0 ? [say('frames-lost', { entry, frames: framesLost })] : []),
    ...(verifiable ? [] : [say('evidence-not-kept', { entry })]),
  ];
}

function ofMachines({ facts: { host, guests } }: Told): Message[] {
  return [
    ...(Object.values(host).every((fact) => fact === null) ? [say('host-unknown')] : []),
    ...(Object.keys(guests).length === 0 ? [say('guests-unknown')] : []),
  ];
}
