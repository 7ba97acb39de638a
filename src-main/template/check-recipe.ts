import { didYouMean, thereIsNo } from './near-miss.ts';
import { placeholdersFor, placeholdersIn } from './placeholders.ts';
import type { LibraryFile, RecipeFile, StepLibrary } from './recipe-schema.ts';
import type { Problem } from './yaml-source.ts';

type FileStep = RecipeFile['steps'][number];
type OwnStep = Exclude<FileStep, { use: string }>;
/** What a step has of its own, in a recipe or in the library. */
type Content = Omit<OwnStep, 'after' | 'when'>;
type FileOption = NonNullable<RecipeFile['options']>[string];
interface Text {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** What a recipe must hold to, beyond its shape: steps named once and in order, and only what it names is there. */
export function checkRecipe({ steps, options = {} }: RecipeFile, library: StepLibrary): Problem[] {
  const ids = steps.map(idOf);
  const values = new Map(Object.entries(options).map(([name, option]) => [name, valuesOf(option, library)]));
  const ofSteps = steps.flatMap((step, index) => [
    ...(ids.indexOf(idOf(step)) < index
      ? [
          {
            path: ['steps', index, isUsed(step) ? 'use' : 'id'],
            words: `'${idOf(step)}' is the id of an earlier step`,
          },
        ]
      : []),
    ...checkAfter(step, index, ids),
    ...checkWhen(step, index, values),
    ...(isUsed(step) ? checkUse(step, index, library) : checkTexts(step, index)),
  ]);
  return [...checkOptions(options, library), ...ofSteps];
}

/** The same of a file of the library; `known` is what earlier files of it have. */
export function checkLibrary({ steps, options = {} }: LibraryFile, known: StepLibrary): Problem[] {
  const ids = steps.map(({ id }) => id);
  const ofSteps = steps.flatMap((step, index) => [
    ...(ids.indexOf(step.id) < index || known.steps.has(step.id)
      ? [{ path: ['steps', index, 'id'], words: `'${step.id}' is the id of another shared step` }]
      : []),
    ...checkTexts(step, index),
  ]);
  const twice = Object.keys(options)
    .filter((name) => known.options.has(name))
    .map((name) => ({
      path: ['options', name],
      at: 'key' as const,
      words: `'${name}' is the name of another shared option`,
    }));
  return [...twice, ...checkOptions(options, known), ...ofSteps];
}

function isUsed(step: FileStep): step is Extract<FileStep, { use: string }> {
  return 'use' in step;
}

function idOf(step: FileStep): string {
  return isUsed(step) ? step.use : step.id;
}

/** Only earlier steps can be waited for: so no two nodes can wait for each other. */
function checkAfter({ after = [] }: FileStep, index: number, ids: readonly string[]): Problem[] {
  const earlier = ids.slice(0, index);
  return after.flatMap((id, position) => {
    if (earlier.includes(id)) return [];
    const words = `'${id}' is no earlier step.${didYouMean(id, earlier)}`;
    return [{ path: ['steps', index, 'after', position], words }];
  });
}

function checkWhen(
  { when = {} }: FileStep,
  index: number,
  options: ReadonlyMap<string, readonly string[] | undefined>,
): Problem[] {
  return Object.entries(when).flatMap(([name, value]): Problem[] => {
    const path = ['steps', index, 'when', name];
    if (!options.has(name)) {
      return [{ path, at: 'key', words: thereIsNo('option of this recipe', name, [...options.keys()]) }];
    }
    const values = options.get(name) ?? [value];
    return values.includes(value) ? [] : [{ path, words: thereIsNo(`value of '${name}'`, value, values) }];
  });
}

function checkUse(
  step: Extract<FileStep, { use: string }>,
  index: number,
  { steps }: StepLibrary,
): Problem[] {
  const used = steps.get(step.use);
  const path = ['steps', index];
  if (!used)
    return [{ path: [...path, 'use'], words: thereIsNo('shared step', step.use, [...steps.keys()]) }];
  return Object.entries(step.why ?? {}).flatMap(([language, text]) =>
    checkPlaceholders(used, [...path, 'why', language], text ?? ''),
  );
}

function checkOptions(options: Readonly<Record<string, FileOption>>, library: StepLibrary): Problem[] {
  return Object.entries(options).flatMap(([name, option]): Problem[] => {
    const path = ['options', name];
    const values = valuesOf(option, library);
    if (!values && 'use' in option) {
      const known = [...library.options.keys()];
      return [{ path: [...path, 'use'], words: thereIsNo('shared option', option.use, known) }];
    }
    return !values || option.default === undefined || values.includes(option.default)
      ? []
      : [{ path: [...path, 'default'], words: thereIsNo(`value of '${name}'`, option.default, values) }];
  });
}

/** Undefined for an option that the library has not. */
function valuesOf(option: FileOption, library: StepLibrary): string[] | undefined {
  const whole = 'use' in option ? library.options.get(option.use) : option;
  return whole && Object.keys(whole.values);
}

function checkTexts(step: Content, index: number): Problem[] {
  return textsOf(step).flatMap(({ path, text }) => checkPlaceholders(step, ['steps', index, ...path], text));
}

function checkPlaceholders(
  step: Pick<Content, 'forEach' | 'before'>,
  path: readonly PropertyKey[],
  text: string,
): Problem[] {
  const before = Object.keys(step.before ?? {}).map((name) => `before.${name}`);
  const known = [...placeholdersFor(step.forEach), ...(path[2] === 'undo' ? before : [])];
  return [...new Set(placeholdersIn(text))]
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path,
      find: `{${name}}`,
      words: `nothing is known here as {${name}}.${hint(step.forEach, name, known)}`,
    }));
}

function hint(forEach: Content['forEach'], name: string, known: readonly string[]): string {
  if (!forEach && placeholdersFor('realServers').includes(name)) {
    return ' It is known in steps with forEach: realServers.';
  }
  if (name.startsWith('before.')) return ' It is known in undo, where the step keeps it in before.';
  return didYouMean(name, known);
}

function textsOf(step: Content): Text[] {
  const list = (key: 'commands' | 'classic' | 'undo') =>
    (step[key] ?? []).map((text, index) => ({ path: [key, index], text }));
  const words = (key: 'title' | 'why') =>
    Object.entries(step[key]).map(([language, text]) => ({ path: [key, language], text: text ?? '' }));
  return [
    ...words('title'),
    ...words('why'),
    ...Object.entries(step.before ?? {}).map(([name, text]) => ({ path: ['before', name], text })),
    { path: ['verify'], text: step.verify },
    { path: ['shows'], text: step.shows ?? '' },
    ...persistentTexts(step),
    ...list('commands'),
    ...list('classic'),
    ...list('undo'),
  ];
}

function persistentTexts({ persistent = {} }: Content): Text[] {
  const lines = (key: 'sysctl' | 'ipvsadm') =>
    (persistent[key] ?? []).map((text, index) => ({ path: ['persistent', key, index], text }));
  const files = Object.entries(persistent.files ?? {}).flatMap(([file, text]) => {
    const path = ['persistent', 'files', file];
    return [
      { path, text: file },
      { path, text },
    ];
  });
  const service = { path: ['persistent', 'service'], text: persistent.service ?? '' };
  return [...lines('sysctl'), ...lines('ipvsadm'), ...files, service];
}
