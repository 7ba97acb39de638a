import { z } from 'zod';
import { didYouMean } from './near-miss.ts';
import type { Problem, YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with a file's shape. */
export interface ShapeProblem extends Problem {
  /** Whether the value has all its parts in the right types none the less, so that further checks can read it. */
  readonly readable: boolean;
}

/** Every way in which a file's data is not of the shape, in words. */
export function shapeProblems(schema: z.ZodType, source: YamlSource): ShapeProblem[] {
  const { error } = schema.safeParse(source.value);
  return (error?.issues ?? []).flatMap(meantIssues).flatMap((issue) => problemsOf(issue, schema, source));
}

/** Of what may have one of several forms, the issues with the form that knows most of the keys that are written. */
function meantIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest = []] = issue.errors.toSorted(
    (one, other) => unknownKeys(one) - unknownKeys(other) || one.length - other.length,
  );
  return nearest.flatMap((each) => meantIssues({ ...each, path: [...issue.path, ...each.path] }));
}

function unknownKeys(issues: readonly Issue[]): number {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])).length;
}

/** `nodes[1].name` */
export function pathInWords(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function problemsOf(issue: Issue, schema: z.ZodType, source: YamlSource): ShapeProblem[] {
  const { path } = issue;
  const name = pathInWords(path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: 'key',
      words: `unknown key '${key}'${name && ` in ${name}`}.${didYouMean(key, known)}`,
      readable: true,
    }));
  }
  if (issue.code === 'invalid_key') {
    const words = `${name}: '${String(path.at(-1))}' ${issue.issues[0]?.message ?? issue.message}`;
    return [{ path, at: 'key', words, readable: true }];
  }
  if (!source.has(path)) {
    const words = `'${String(path.at(-1))}' is missing${path.length > 1 ? ` in ${pathInWords(path.slice(0, -1))}` : ''}`;
    return [{ path, words, readable: false }];
  }
  const message = messageOf(issue, valueAt(source.value, path));
  const words = name ? `${name}: ${message}` : message;
  return [
    { path, words, readable: !['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code) },
  ];
}

function messageOf(issue: Issue, value: unknown): string {
  const { message } = issue;
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return `'${String(value)}' is none of ${known.join(', ')}.${didYouMean(String(value), known)}`;
  }
  return message.startsWith('is not')
    ? `'${String(value)}' ${message}`
    : message.replace(/^Invalid input: /, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (holder, key) => (holder as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The keys that an object at this path may have, in any of its forms. */
function keysAt(root: JsonSchema, path: readonly PropertyKey[]): string[] {
  const found = path.reduce(
    (holders, key) =>
      holders.flatMap(({ properties, items, additionalProperties }) =>
        formsOf(typeof key === 'number' ? items : (properties?.[String(key)] ?? additionalProperties)),
      ),
    formsOf(root),
  );
  return found.flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function formsOf(schema: JsonSchema | undefined): JsonSchema[] {
  return schema ? [...(schema.anyOf ?? [schema])] : [];
}
