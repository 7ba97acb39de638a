import { LabError } from '../contract/lab-error.ts';
import type { GuestTraits } from '../family/guest-traits.ts';
import type { LabTemplate } from '../template/lab-template.ts';
import { didYouMean } from '../template/near-miss.ts';
import type { Recipe } from '../template/recipe-schema.ts';
import type { LabPlan } from './lab-plan.ts';
import type { Values } from './step-values.ts';

type Choices = Readonly<Record<string, string>>;

/**
 * Checks choices against the options of all modes of a template: a lab keeps them when its mode is switched.
 * @throws LabError `bad-input` for an option that no mode has, or a value that a mode with this option has not.
 */
export function checkOptions(template: LabTemplate, choices: Choices): void {
  const recipes = Object.values(template.modes).map(({ recipe }) => recipe);
  const names = [...new Set(recipes.flatMap(({ options }) => Object.keys(options)))];
  for (const [name, value] of Object.entries(choices)) {
    if (!names.includes(name)) {
      const message = `The lab template '${template.name}' has no option '${name}'.${didYouMean(name, names)}`;
      throw new LabError('bad-input', message, { remedy: `Its options: ${names.join(', ') || 'none'}.` });
    }
    for (const { options } of recipes) {
      const values = Object.keys(options[name]?.values ?? {});
      if (values.length === 0 || values.includes(value)) continue;
      throw new LabError(
        'bad-input',
        `The option '${name}' has no value '${value}'.${didYouMean(value, values)}`,
        {
          remedy: `Its values: ${values.join(', ')}.`,
        },
      );
    }
  }
}

/**
 * Checks that the guest has what the choices are about.
 * @throws LabError `bad-input` for a choice that would do nothing on it.
 */
export function checkNeeds(template: LabTemplate, choices: Choices, traits: GuestTraits): void {
  for (const { recipe } of Object.values(template.modes)) {
    for (const [name, value] of Object.entries(choices)) {
      const firewall = recipe.options[name]?.values[value]?.needs?.firewall;
      if (firewall === undefined || firewall === traits.firewall) continue;
      throw new LabError('bad-input', `The option '${name}' cannot be '${value}' on ${traits.title}.`, {
        why: `This guest has no ${firewall}, so it would do nothing.`,
        remedy: `Leave the option out, or start the lab on an image with ${firewall}: lvslab image catalogue`,
      });
    }
  }
}

/** The value of each option of a recipe in a lab: as it was chosen, else the default. */
export function chosenOptions({ options }: Recipe, plan: Pick<LabPlan, 'options'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const chosen = plan.options[name];
      // The recipe may have changed since the lab was made.
      return [name, chosen !== undefined && Object.hasOwn(option.values, chosen) ? chosen : option.default];
    }),
  );
}

/** What the choices make of names in braces. */
export function valuesSetBy({ options }: Recipe, chosen: Choices): Values {
  return Object.entries(chosen).reduce<Values>(
    (values, [name, value]) => ({ ...values, ...options[name]?.values[value]?.set }),
    {},
  );
}
