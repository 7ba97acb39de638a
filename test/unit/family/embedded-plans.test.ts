import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { exportIpvsadm } from '../../../src-main/export/director-rules.ts';
import { exportScripts } from '../../../src-main/export/export-scripts.ts';
import { exportUnits } from '../../../src-main/export/export-units.ts';
import { draftPlan } from '../../../src-main/plan/draft-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import type { LabTemplate } from '../../../src-main/template/lab-template.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import type { Recipe } from '../../../src-main/template/recipe-schema.ts';
import { templateNames, templatesFolder } from '../../../src-main/template/templates-folder.ts';

/** What could be chosen when the golden file was made; an option that came later has a default that changes nothing. */
const known = ['webServer', 'health', 'arp', 'vip', 'realPort'];

function everyChoice({ options }: Recipe): Record<string, string>[] {
  return Object.entries(options)
    .filter(([name]) => known.includes(name))
    .reduce<Record<string, string>[]>(
      (choices, [name, { values }]) =>
        choices.flatMap((choice) => Object.keys(values).map((value) => ({ ...choice, [name]: value }))),
      [{}],
    );
}

/** Of the plan, its steps and all that is exported of it, for the guest that labs have always had. */
function digest(template: LabTemplate, mode: string, options: Record<string, string>): string {
  const { recipe, title } = modeOf(template, mode);
  const plan = draftPlan(template, { mode, options });
  const source = { plan, steps: planRecipe(recipe, plan), modeTitle: title.en };
  const all = [
    { ...plan, guest: undefined },
    source.steps,
    exportScripts(source),
    exportUnits(source),
    exportIpvsadm(source),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

// A change of recipes or of what is exported that is wanted: `npx vitest run test/unit/family -u`, and say why.
it('plans and exports the embedded guest to the letter as before there was another', async () => {
  const folder = templatesFolder({});
  const lines: string[] = [];
  for (const name of await templateNames(folder)) {
    const template = await loadTemplate(folder, name);
    for (const [mode, { recipe }] of Object.entries(template.modes)) {
      for (const options of everyChoice(recipe)) {
        const chosen = Object.entries(options).map((choice) => choice.join('='));
        lines.push([digest(template, mode, options), name, mode, ...chosen].join(' '));
      }
    }
  }
  expect(lines.length).toBeGreaterThan(80);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/embedded-plans.golden');
});
