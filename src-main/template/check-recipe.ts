import { didYouMean } from './near-miss.ts';
import { placeholdersFor, placeholdersIn } from './placeholders.ts';
import type { RecipeFile } from './recipe-schema.ts';
import type { Problem } from './yaml-source.ts';

type Step = RecipeFile['steps'][number];
interface Text {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** What a recipe must hold to, beyond its shape: steps named once and in order, and only names in braces that are known. */
export function checkRecipe({ steps }: RecipeFile): Problem[] {
  const ids = steps.map(({ id }) => id);
  return steps.flatMap((step, index) => [
    ...(ids.indexOf(step.id) < index
      ? [{ path: ['steps', index, 'id'], words: `'${step.id}' is the id of an earlier step` }]
      : []),
    ...checkAfter(step, index, ids),
    ...textsOf(step).flatMap(({ path, text }) => checkPlaceholders(step, ['steps', index, ...path], text)),
  ]);
}

/** Only earlier steps can be waited for: so no two nodes can wait for each other. */
function checkAfter({ after = [] }: Step, index: number, ids: readonly string[]): Problem[] {
  const earlier = ids.slice(0, index);
  return after.flatMap((id, position) => {
    if (earlier.includes(id)) return [];
    const words = `'${id}' is no earlier step.${didYouMean(id, earlier)}`;
    return [{ path: ['steps', index, 'after', position], words }];
  });
}

function checkPlaceholders(step: Step, path: readonly PropertyKey[], text: string): Problem[] {
  const before = Object.keys(step.before ?? {}).map((name) => `before.${name}`);
  const known = [...placeholdersFor(step.forEach), ...(path[2] === 'undo' ? before : [])];
  return [...new Set(placeholdersIn(text))]
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path,
      find: `{${name}}`,
      words: `nothing is known here as {${name}}.${hint(step, name, known)}`,
    }));
}

function hint({ forEach }: Step, name: string, known: readonly string[]): string {
  if (!forEach && placeholdersFor('realServers').includes(name)) {
    return ' It is known in steps with forEach: realServers.';
  }
  if (name.startsWith('before.')) return ' It is known in undo, where the step keeps it in before.';
  return didYouMean(name, known);
}

function textsOf(step: Step): Text[] {
  const list = (key: 'commands' | 'classic' | 'undo') =>
    (step[key] ?? []).map((text, index) => ({ path: [key, index], text }));
  const words = (key: 'title' | 'why') =>
    Object.entries(step[key]).map(([language, text]) => ({ path: [key, language], text: text ?? '' }));
  return [
    ...words('title'),
    ...words('why'),
    ...Object.entries(step.before ?? {}).map(([name, text]) => ({ path: ['before', name], text })),
    { path: ['verify'], text: step.verify },
    ...list('commands'),
    ...list('classic'),
    ...list('undo'),
  ];
}
