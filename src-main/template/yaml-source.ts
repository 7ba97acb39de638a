import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';

/** Something wrong at a place within a file's data. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly words: string;
  /** Point at the key, not at its value. */
  readonly at?: 'key';
  /** Point at this text within the value. */
  readonly find?: string;
}

/** A problem where its reader finds it: line and column count from 1. */
export interface PlacedProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly words: string;
}

/** A YAML file's data, and where in the text each part of it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** What is wrong with it as YAML. */
  readonly errors: readonly PlacedProblem[];
  /** False when the errors leave it unclear what the data is. */
  readonly readable: boolean;
  /** The place of a problem; of what holds it, where the path leads to nothing. */
  place(problem: Problem): PlacedProblem;
  /** Whether the path leads to something that is written. */
  has(path: readonly PropertyKey[]): boolean;
}

/** Parses YAML and keeps the places. Never throws: what is wrong with the text is in `errors`. */
export function readYaml(file: string, text: string): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placed = (offset: number, words: string): PlacedProblem => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), words };
  };
  const errors = document.errors.map(({ pos, message }) => placed(pos[0], message));
  const data = toData(document);
  if (data.error) errors.push(placed(0, data.error));
  return {
    value: data.value,
    errors,
    readable: !data.error && document.errors.every(({ code }) => code === 'DUPLICATE_KEY'),
    place: (problem) => placed(offsetOf(document, text, problem), problem.words),
    has: (path) => walk(document, path).whole,
  };
}

/** The one thing that reading a document without errors can stumble over is an alias, of no anchor or of too much. */
function toData(document: Document): { value?: unknown; error?: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function offsetOf(document: Document, text: string, { path, at, find }: Problem): number {
  const { value, key, whole } = walk(document, path);
  const [start, end] = rangeOf(value) ?? rangeOf(key) ?? [0, 0];
  // Of something missing, the key of what should hold it is the better place.
  if (at === 'key' || !whole) return rangeOf(key)?.[0] ?? start;
  const found = find === undefined ? -1 : text.slice(0, end).indexOf(find, start);
  return found < 0 ? start : found;
}

function rangeOf(node: unknown) {
  return isNode(node) ? node.range : undefined;
}

/** Follows a path as far as it leads: to the node there, its key where it has one, and whether it led to the end. */
function walk(document: Document, path: readonly PropertyKey[]) {
  let value: unknown = document.contents;
  let key: unknown;
  for (const segment of path) {
    const holder = isAlias(value) ? value.resolve(document) : value;
    const next = step(holder, segment);
    if (!next) return { value, key, whole: false };
    ({ value, key } = next);
  }
  return { value, key, whole: true };
}

function step(holder: unknown, segment: PropertyKey): { value: unknown; key?: unknown } | undefined {
  if (isMap(holder)) {
    return holder.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(segment));
  }
  if (isSeq(holder) && typeof segment === 'number' && segment < holder.items.length) {
    return { value: holder.items[segment] };
  }
  return undefined;
}
