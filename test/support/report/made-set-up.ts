import type { CommandRecord } from '../../../src-main/plan/applied-step.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe, type PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import type { SetUp } from '../../../src-main/plan/set-up.ts';
import type { LabTemplate } from '../../../src-main/template/lab-template.ts';

/** What steps wrote in a real lab, by the step's id; others are as quiet as most commands are. */
const outputs: Readonly<Record<string, string>> = {
  'ip-forward': 'net.ipv4.ip_forward = 1',
  'send-redirects-off': 'net.ipv4.conf.all.send_redirects = 0\nnet.ipv4.conf.eth0.send_redirects = 0',
  'arp-quiet': 'net.ipv4.conf.all.arp_ignore = 1\nnet.ipv4.conf.eth0.arp_ignore = 1',
  'web-server': [
    '● nginx.service - A high performance web server and a reverse proxy server',
    ...Array.from(
      { length: 120 },
      (_, line) => `  line ${line + 1}: worker process ${400 + line} <started> & "ready"`,
    ),
  ].join('\n'),
};

/** A set-up whose every step was carried out, but for those that were there already. */
export function madeSetUp(template: LabTemplate, plan: LabPlan, sealed = false): SetUp {
  const steps = planRecipe(modeOf(template, plan.mode).recipe, plan);
  return { revision: 1, plan, sealed, steps: steps.map(toApplied) };
}

function toApplied(step: PlannedStep, index: number): SetUp['steps'][number] {
  const { node, id, title, why, undo } = step;
  const skipped = step.step === 'firewall-off' || step.step === 'link-up';
  return {
    ...{ node, id, title, why },
    state: skipped ? 'skipped' : 'applied',
    undo: skipped ? [] : [...undo],
    commands: commandsOf(step, skipped),
    milliseconds: 8 + ((index * 37) % 90),
  };
}

function commandsOf({ step, verify, commands, before }: PlannedStep, skipped: boolean): CommandRecord[] {
  const quiet = (stage: CommandRecord['stage'], command: string, exitCode = 0, output = '') => ({
    ...{ stage, command, exitCode, output },
  });
  if (skipped) return [quiet('verify', verify)];
  return [
    quiet('verify', verify, 1),
    ...Object.values(before).map((command) => quiet('before', command, 0, '0')),
    ...commands.map((command) => quiet('command', command, 0, outputs[step] ?? '')),
    quiet('check', verify),
  ];
}
