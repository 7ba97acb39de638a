import type { ExportSource } from '../../../src-main/export/export-source.ts';
import { draftPlan } from '../../../src-main/plan/draft-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templateNames, templatesFolder } from '../../../src-main/template/templates-folder.ts';

/** Every mode of every template, as it is by default and with each other choice that its options have. */
export async function everySource(): Promise<{ name: string; source: ExportSource }[]> {
  const folder = templatesFolder({});
  const templates = await Promise.all(
    (await templateNames(folder)).map((name) => loadTemplate(folder, name)),
  );
  return templates.flatMap((template) =>
    Object.keys(template.modes).flatMap((mode) => {
      const { recipe, title } = modeOf(template, mode);
      const choices = Object.entries(recipe.options).flatMap(([option, { values, default: usual }]) =>
        Object.keys(values)
          .filter((value) => value !== usual)
          .map((value) => ({ [option]: value })),
      );
      return [{}, ...choices].map((options) => {
        const plan = draftPlan(template, { mode, options });
        const chosen = Object.entries(options).map((choice) => choice.join('='));
        return {
          name: [template.name, mode, ...chosen].join(' '),
          source: { plan, steps: planRecipe(recipe, plan), modeTitle: title.en },
        };
      });
    }),
  );
}
