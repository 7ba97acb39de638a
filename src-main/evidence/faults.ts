import type { Fault } from '../contract/evidence.ts';
import { message, type Message } from '../contract/message.ts';
import { conditionWords } from './fault-words/conditions.ts';
import { seenWords } from './fault-words/seen.ts';
import { setUpWords } from './fault-words/set-up.ts';

/** What is told of a node's own state. */
const stateWords = { ...setUpWords, ...conditionWords } as const;

/** What can be wrong with a node, in words: the cause, and what to do next. */
export const faultWords: Readonly<
  Record<FaultKind, { readonly cause: string; readonly remedy: string; readonly state?: string }>
> = { ...stateWords, ...seenWords };

/** Faults that a node's own state shows. */
export type StateKind = keyof typeof stateWords;

export type FaultKind = StateKind | keyof typeof seenWords;

/** State that is otherwise than the recipe's, or may be in the way: a fault only where requests fail by it. */
export interface Difference extends Fault {
  readonly kind: StateKind;
  /** The bare state, as it is told where it harms nothing. */
  readonly state: Message;
}

/** A difference, in words; the same values stand in the places of all of them. */
export function difference(
  kind: StateKind,
  node: string,
  values: Message['values'] = {},
  certain = true,
): Difference {
  const words = message(`fault.${kind}.state`, stateWords[kind].state, { node, ...values });
  return { ...fault(kind, node, certain, values), kind, state: words };
}

/** The fault that a difference is, where it is borne out. */
export function asFault({ kind, node, certain, cause, remedy }: Difference): Fault {
  return { kind, node, certain, cause, remedy };
}

/**
 * A fault of a node.
 * @param values What stands in the places of its words, but `node`.
 * @param certain It was read from the node's own state, not guessed from frames.
 */
export function fault(
  kind: FaultKind,
  node: string,
  certain: boolean,
  values: Message['values'] = {},
): Fault {
  const { cause, remedy } = faultWords[kind];
  const all = { node, ...values };
  return {
    kind,
    node,
    certain,
    cause: message(`fault.${kind}.cause`, cause, all),
    remedy: message(`fault.${kind}.remedy`, remedy, all),
  };
}
