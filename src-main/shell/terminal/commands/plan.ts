import type { Command } from 'commander';
import { keptStep } from '../../../family/keep-step.ts';
import { chooseGuest } from '../../../lab/choose-guest.ts';
import type { ChosenTemplate } from '../../../lab/choose-template.ts';
import { asDone, draftPlan } from '../../../plan/draft-plan.ts';
import { modeOf, type PlannedGuest } from '../../../plan/plan-lab.ts';
import { planMode } from '../../../plan/plan-mode.ts';
import { planRecipe, type PlannedStep } from '../../../plan/plan-recipe.ts';
import { planSwitch } from '../../../plan/plan-switch.ts';
import { act, jsonOption } from '../act.ts';
import { describeSteps, describeSwitchPlan, describeUnits, type ToldStep } from '../describe-plan.ts';
import { addTemplateOptions, chooseTemplate, type TemplateFlags } from '../template-options.ts';

interface PlanFlags extends TemplateFlags {
  readonly mode?: string;
  readonly from?: string;
  readonly to?: string;
  readonly classic?: boolean;
  readonly lasting?: boolean;
}

export function addPlan(program: Command): void {
  addTemplateOptions(program.command('plan'))
    .argument('<template>', "a lab, as 'lvslab templates' names it")
    .description('show what would be done on each node, without doing it')
    .option('--mode <mode>', 'how a mode is set up (default: the first of the template)')
    .option('--from <mode>', 'with --to: how a running lab is taken from this mode …')
    .option('--to <mode>', '… to this one')
    .option('--classic', 'the commands of older tutorials (ifconfig, route), where a step has them')
    .option('--lasting', "also how the guests' own family would keep each step over a restart")
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }, flags: PlanFlags, name = '') => {
        const choice = await chooseTemplate(context, name, flags);
        const planned = planOf(choice, await chooseGuest(context, flags.image), flags);
        output.emit(planned);
        output.print(
          'apply' in planned
            ? describeSwitchPlan(planned, flags)
            : `${describeSteps(planned.steps, { sign: '', ...flags })}\n\n${describeUnits(name, planned.mode)}`,
        );
        return undefined;
      }),
    );
}

function planOf(
  { template, ...chosen }: ChosenTemplate,
  guest: PlannedGuest | undefined,
  { mode, from, to, lasting }: PlanFlags,
) {
  const [first = ''] = Object.keys(template.modes);
  const start = from ?? mode ?? first;
  const before = draftPlan(template, { mode: start, ...chosen, guest });
  const steps = planRecipe(modeOf(template, start).recipe, before);
  const told = (step: PlannedStep): ToldStep =>
    lasting ? { ...step, keep: keptStep(before.guest.traits, step) } : step;
  if (to === undefined) return { mode: start, steps: steps.map(told) };
  const after = planMode(before, template, to);
  const wanted = planRecipe(modeOf(template, to).recipe, after);
  const change = planSwitch({ before, after }, asDone(steps), wanted);
  return { from: start, to, ...change, apply: change.apply.map(told) };
}
