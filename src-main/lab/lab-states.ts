import { LabError } from '../contract/lab-error.ts';

/** Where a lab is in its life. `planned` and `gone` are its ends, before its record is written and after. */
export const labStates = [
  'planned',
  'creating',
  'booting',
  'provisioning',
  'ready',
  'switching',
  'suspended',
  'stopping',
  'failed',
  'gone',
] as const;
export type LabState = (typeof labStates)[number];

/** What can be done with a lab as a whole. */
export const labVerbs = ['up', 'suspend', 'resume', 'reset', 'switch', 'remove'] as const;
export type LabVerb = (typeof labVerbs)[number];

interface Transition {
  /** The states it may begin in. */
  readonly from: readonly LabState[];
  /** The states it passes, in order. */
  readonly through: readonly LabState[];
  readonly to: LabState;
  /** Its steps by their ids, each with its share of the whole: the seconds it took where that was measured. */
  readonly weights: Readonly<Record<string, number>>;
  /** Where it is when the verb fails or is cancelled; `failed` where nothing is told. */
  readonly otherwise?: LabState;
  /** What becomes of it when its process dies in the middle. */
  readonly interrupted: 'undo' | 'finish';
}

/** The life of a lab: every way from one state to another. */
export const transitions: Readonly<Record<LabVerb, Transition>> = {
  up: {
    from: ['planned'],
    through: ['creating', 'booting', 'provisioning'],
    to: 'ready',
    weights: { start: 2, boot: 1, identity: 1, recipe: 4, verify: 2, seal: 2 },
    interrupted: 'undo',
  },
  suspend: {
    from: ['ready'],
    through: ['stopping'],
    to: 'suspended',
    // Machines that were saved can be woken, and those that were not run on.
    otherwise: 'suspended',
    weights: { save: 1 },
    interrupted: 'finish',
  },
  resume: {
    from: ['suspended'],
    through: ['booting'],
    to: 'ready',
    // What was saved is there until its machine runs: it can be tried again.
    otherwise: 'suspended',
    weights: { restore: 2, reconnect: 1 },
    interrupted: 'finish',
  },
  reset: {
    from: ['ready', 'suspended', 'failed'],
    through: ['stopping', 'booting', 'provisioning'],
    to: 'ready',
    weights: { stop: 1, start: 2, boot: 1, identity: 1, recipe: 4, verify: 2 },
    interrupted: 'finish',
  },
  switch: {
    // A failed one whose machines run may have been mended by hand, or be mended by the switch.
    from: ['ready', 'failed'],
    through: ['switching'],
    to: 'ready',
    weights: { cables: 1, recipe: 9 },
    // By a reset in the new mode: what the guests were in the middle of is not known.
    interrupted: 'finish',
  },
  remove: {
    from: labStates.filter((state) => state !== 'gone'),
    through: ['stopping'],
    to: 'gone',
    weights: { remove: 1 },
    interrupted: 'finish',
  },
};

/** What a lab in that state can be made to do, for the words of a refusal. */
export function verbsFrom(state: LabState): LabVerb[] {
  return labVerbs.filter((verb) => transitions[verb].from.includes(state));
}

/** @throws LabError `bad-input` when a verb cannot begin in a state, with those that can. */
export function demandVerb(lab: string, state: LabState, verb: LabVerb): void {
  if (transitions[verb].from.includes(state)) return;
  const others = verbsFrom(state).filter((other) => other !== 'up');
  throw new LabError('bad-input', `The lab '${lab}' is ${state}: '${verb}' does not begin there.`, {
    remedy: others.length > 0 ? `Possible now: ${others.join(', ')}.` : 'Wait until it is at rest.',
  });
}

/** Whether a verb has paused machines of a lab go on, and does not begin with the lab's own state. */
export function isGoingOn(verb: LabVerb, state: LabState): boolean {
  return verb === 'resume' && (state === 'ready' || state === 'failed');
}
