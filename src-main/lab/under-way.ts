import type { ControlRequest } from '../contract/lab-control.ts';
import { LabError } from '../contract/lab-error.ts';
import type { OwnedLab } from './owned-lab.ts';

type Verb = ControlRequest['verb'];

/** What is done to a lab while its client sends a load, so that it is seen what that does to the requests. */
const besideLoad: ReadonlySet<Verb> = new Set([
  ...([
    'impair',
    'moveCable',
    'service',
    'stopNode',
    'startNode',
    'restartNode',
    'nodeService',
    'mend',
    'forgetArp',
  ] as const),
]);

interface UnderWay {
  /** The verb that has the lab for itself, or does what may be done beside a load. */
  verb: Verb | undefined;
  /** The load, and what was done to the lab beside it so far. */
  load: { readonly beside: Set<Verb> } | undefined;
}

const labs = new WeakMap<OwnedLab, UnderWay>();

function of(lab: OwnedLab): UnderWay {
  let state = labs.get(lab);
  if (!state) labs.set(lab, (state = { verb: undefined, load: undefined }));
  return state;
}

/**
 * Takes a lab for a verb: one at a time, but that its nodes, cables and service may be changed while a load runs.
 * @returns what gives the lab back.
 * @throws LabError `lab-busy`
 */
export function takeLab(lab: OwnedLab, verb: Verb): () => void {
  const state = of(lab);
  const beside = state.load !== undefined && besideLoad.has(verb);
  const other = state.verb ?? (state.load && !beside ? 'load' : undefined);
  if (other !== undefined) {
    throw new LabError('lab-busy', `The lab '${lab.record.plan.name}' is busy: '${other}' is under way.`, {
      remedy: 'Wait until that has ended.',
    });
  }
  if (verb === 'load') {
    state.load = { beside: new Set() };
    return () => (state.load = undefined);
  }
  state.verb = verb;
  state.load?.beside.add(verb);
  return () => (state.verb = undefined);
}

/** What was done to a lab beside the load that is under way; none where none is. */
export function doneBesideLoad(lab: OwnedLab): readonly Verb[] {
  return [...(of(lab).load?.beside ?? [])];
}
