import { LabError } from '../contract/lab-error.ts';
import type { LocalizedText } from '../contract/localized-text.ts';
import { fillIn, placeholders, standsForWords, type PlaceholderName } from '../template/placeholders.ts';
import type { PersistentForm, Recipe, RecipeStep } from '../template/recipe-schema.ts';
import { quote } from '../template/value-types.ts';
import type { LabPlan, NodePlan } from './lab-plan.ts';
import { chosenOptions, valuesSetBy } from './plan-options.ts';
import { sharedValues, turnsOf, type Turn, type Values } from './step-values.ts';

/** One step of a recipe on one node, with every value but `{before.NAME}` in its place: plain JSON. */
export interface PlannedStep {
  readonly node: string;
  /** Unique on its node: the step's id, and what it is repeated for: `real-server-entry:rs1`. */
  readonly id: string;
  /** The step's id in its recipe. */
  readonly step: string;
  /** Undone and done again at a switch of mode, though the next mode has the very same step. */
  readonly fresh: boolean;
  /** Steps of the plan that must be over on every node before this one begins. */
  readonly after: readonly string[];
  readonly title: LocalizedText;
  readonly why: LocalizedText;
  readonly before: Readonly<Record<string, string>>;
  readonly verify: string;
  /** Prints what the node has in that place. */
  readonly shows?: string | undefined;
  readonly commands: readonly string[];
  /** The same in the older tools, to be shown; empty where they are the same. */
  readonly classic: readonly string[];
  /** May hold `{before.NAME}`, to be filled in with what the guest said. */
  readonly undo: readonly string[];
  /** How it is kept over a restart by files; undefined where a unit is to run its commands. */
  readonly persistent?: PersistentForm | undefined;
}

/**
 * What each node does to apply a recipe: nodes in the plan's order, each with its steps in the recipe's. Pure.
 * @throws LabError `bad-input` when a step needs a value that this lab has not, such as the address of a NIC.
 */
export function planRecipe(recipe: Recipe, plan: LabPlan): PlannedStep[] {
  const options = chosenOptions(recipe, plan);
  const shared = { ...sharedValues(plan), ...valuesSetBy(recipe, options) };
  const steps = recipe.steps.filter(({ when = {} }) =>
    Object.entries(when).every(([option, value]) => options[option] === value),
  );
  const planned = plan.nodes.flatMap((node) =>
    steps
      .filter(({ on }) => on.includes(node.role))
      .flatMap((step) => turnsOf(step, node, plan, shared).map((turn) => planStep(step, node, turn))),
  );
  // A step that a choice, or the cabling, leaves out is waited for by none.
  const there = new Set(planned.map(({ step }) => step));
  return planned.map((step) => ({ ...step, after: step.after.filter((id) => there.has(id)) }));
}

function planStep(step: RecipeStep, node: NodePlan, { suffix, values }: Turn): PlannedStep {
  const valueOf = (name: string) => checkedValue(name, values, { node: node.name, step: step.id });
  const command = (text: string) =>
    fillIn(text, (name) => (name.startsWith('before.') ? undefined : inCommand(name, valueOf(name))));
  const words = ({ en, ...others }: LocalizedText): LocalizedText => ({
    en: fillIn(en, (name) => String(valueOf(name))),
    ...Object.fromEntries(
      Object.entries(others).map(([key, text]) => [
        key,
        text && fillIn(text, (name) => String(valueOf(name))),
      ]),
    ),
  });
  return {
    node: node.name,
    id: `${step.id}${suffix}`,
    step: step.id,
    fresh: step.fresh,
    after: step.after ?? [],
    title: words(step.title),
    why: words(step.why),
    before: Object.fromEntries(
      Object.entries(step.before ?? {}).map(([name, text]) => [name, command(text)]),
    ),
    verify: command(step.verify),
    ...(step.shows !== undefined && { shows: command(step.shows) }),
    commands: step.commands.map(command),
    classic: (step.classic ?? []).map(command),
    undo: step.undo.map(command),
    ...(step.persistent && {
      persistent: filled(step.persistent, (text) => fillIn(text, (name) => String(valueOf(name)))),
    }),
  };
}

/** Files hold values as they are: no shell reads them. */
function filled(
  { sysctl, ipvsadm, files, service }: PersistentForm,
  fill: (text: string) => string,
): PersistentForm {
  return {
    ...(sysctl && { sysctl: sysctl.map(fill) }),
    ...(ipvsadm && { ipvsadm: ipvsadm.map(fill) }),
    ...(files && {
      files: Object.fromEntries(Object.entries(files).map(([file, text]) => [fill(file), fill(text)])),
    }),
    ...(service !== undefined && { service: fill(service) }),
  };
}

function inCommand(name: string, value: string | number): string {
  return standsForWords(name) ? String(value) : quote(value);
}

/** Values reach commands through their types alone. */
function checkedValue(name: string, values: Values, place: { node: string; step: string }): string | number {
  const known = name as PlaceholderName;
  const parsed = placeholders[known].type.safeParse(values[known]);
  if (parsed.success) return parsed.data;
  throw new LabError('bad-input', `Step '${place.step}' has no value for {${name}} on ${place.node}.`, {
    ...place,
    why: `In this mode the lab gives {${name}} as ${JSON.stringify(values[known] ?? null)}.`,
    remedy: "Mend the template's cabling or the recipe; docs/templates.md tells where each name is known.",
  });
}
