import { elementWords, isNamedList, named, valueWords } from './path-words.ts';

/** A value that is not the same in both. */
export interface Difference {
  /** Where it is, in words, from the outside in: `run of entry 3, figures, answers by server, “rs1”`. */
  readonly where: string;
  /** As JSON writes them; undefined where one side has no such value. */
  readonly left: unknown;
  readonly right: unknown;
}

/** What two builds of Node may differ by in a logarithm: a number that is no whole one is the same up to this part of it. */
const tolerance = 1e-9;

/**
 * Every value that differs between two plain values, in the order of the left one. Lists whose elements have names are
 * held against each other by name, so that one more run is one difference.
 */
export function differences(left: unknown, right: unknown): Difference[] {
  return [...compare(left, right, { where: [], key: '' })];
}

interface Place {
  readonly where: readonly string[];
  /** The key under which the value stands. */
  readonly key: string;
}

type Compared = Generator<Difference, void, undefined>;

function* compare(left: unknown, right: unknown, place: Place): Compared {
  if (Array.isArray(left) && Array.isArray(right)) yield* compareLists(left, right, place);
  else if (isObject(left) && isObject(right)) yield* compareObjects(left, right, place);
  else if (!same(left, right)) yield { where: place.where.join(', ') || 'all of it', left, right };
}

function same(left: unknown, right: unknown): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') return left === right;
  if (left === right) return true;
  if (Number.isInteger(left) && Number.isInteger(right)) return false;
  return Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* compareObjects(
  left: Readonly<Record<string, unknown>>,
  right: Readonly<Record<string, unknown>>,
  { where, key }: Place,
): Compared {
  const known = !named.includes(key);
  for (const each of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const under = key === 'bySource' ? 'byServer' : each;
    yield* compare(own(left, each), own(right, each), {
      where: [...where, valueWords(each, known)],
      key: under,
    });
  }
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function* compareLists(left: readonly unknown[], right: readonly unknown[], place: Place): Compared {
  const { where, key } = place;
  const within = isNamedList(key) ? where.slice(0, -1) : where;
  const [ours, theirs] = [keyed(key, left), keyed(key, right)];
  if (!ours || !theirs) {
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
      const { words } = elementWords(key, undefined, index);
      yield* compare(left[index], right[index], { where: [...within, words], key: '' });
    }
    return;
  }
  for (const [name, { words }] of new Map([...ours, ...theirs])) {
    const [mine, other] = [ours.get(name)?.value, theirs.get(name)?.value];
    yield* compare(mine, other, { where: [...within, words], key: '' });
  }
  const shared = (from: ReadonlyMap<string, unknown>, of: ReadonlyMap<string, unknown>) =>
    [...from.keys()].filter((name) => of.has(name));
  const [order, otherOrder] = [shared(ours, theirs), shared(theirs, ours)];
  if (order.join('\n') !== otherOrder.join('\n'))
    yield { where: [...where, 'the order'].join(', '), left: order, right: otherOrder };
}

/** Undefined where an element has no name of its own, or two have the same one. */
function keyed(
  list: string,
  elements: readonly unknown[],
): Map<string, { words: string; value: unknown }> | undefined {
  const all = new Map<string, { words: string; value: unknown }>();
  for (const [index, value] of elements.entries()) {
    const { words, key } = elementWords(list, value, index);
    if (key.startsWith('#') || all.has(key)) return undefined;
    all.set(key, { words, value });
  }
  return all;
}
