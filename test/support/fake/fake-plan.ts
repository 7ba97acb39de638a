import type { LabView, StepView } from '../../../src-main/contract/lab-view.ts';
import { optionsOf } from '../../../src-main/desk/template-card.ts';
import type { TemplateCard } from '../../../src-main/contract/templates.ts';
import { embeddedTraits } from '../../../src-main/family/guest-traits.ts';
import { keptStep } from '../../../src-main/family/keep-step.ts';
import { draftPlan } from '../../../src-main/plan/draft-plan.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe, type PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import type { LabTemplate } from '../../../src-main/template/lab-template.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { withRealServers } from '../../../src-main/template/with-real-servers.ts';

export async function fakeTemplate(name: string, realServers?: number): Promise<LabTemplate> {
  const template = await loadTemplate(templatesFolder(), name);
  return realServers === undefined ? template : withRealServers(template, realServers);
}

export function stepsOf(template: LabTemplate, mode: string): { plan: LabPlan; steps: PlannedStep[] } {
  const plan = draftPlan(template, { mode });
  return { plan, steps: planRecipe(modeOf(template, mode).recipe, plan) };
}

export function toStepView(step: PlannedStep, state: StepView['state']): StepView {
  const { node, id, title, why, commands, classic, verify, undo } = step;
  const ran = commands.map((command) => ({ stage: 'command' as const, command, exitCode: 0, output: '' }));
  return {
    ...{ node, id, title, why, verify, state, milliseconds: state && 40 },
    ...{ commands: [...commands], classic: [...classic], undo: [...undo] },
    keep: keptStep(embeddedTraits, step),
    ran: state ? [{ stage: 'verify', command: verify, exitCode: 1, output: '' }, ...ran] : [],
  };
}

export function fakeView(template: LabTemplate, mode: string, name: string): LabView {
  const { plan, steps } = stepsOf(template, mode);
  return {
    ...{ name, template: template.name, title: template.title, state: 'ready', failure: null },
    createdAt: '2026-01-05T09:30:00.000Z',
    mode,
    modes: Object.entries(template.modes).map(([id, { title }]) => ({ name: id, title })),
    guest: { image: 'embedded', title: plan.guest.traits.title, kernel: '' },
    options: {},
    service: plan.service,
    segments: plan.segments,
    nodes: plan.nodes.map(({ name: node, role, memoryMiB, weight, nics }) => ({
      ...{ name: node, role, memoryMiB, weight, running: true, thresholds: { upper: 0, lower: 0 } },
      condition: { state: 'running', reason: null, known: true } as const,
      nics: nics.map(({ name: nic, mac, segment, address, gateway }) => ({
        name: nic,
        mac,
        segment,
        address,
        gateway,
      })),
    })),
    impairments: {},
    steps: steps.map((step) => toStepView(step, 'applied')),
  };
}

export function fakeCard(template: LabTemplate, startMs: number | null): TemplateCard {
  const { name, title, summary, lesson, level, segments, virtualService, realServers, nodes } = template;
  const count = nodes.filter(({ role }) => role === 'real-server').length;
  return {
    ...{
      name,
      title,
      summary,
      lesson,
      level,
      segments: [...segments],
      service: virtualService,
      options: optionsOf(template).filter(({ name: option }) => option === 'firewall'),
      startMs,
    },
    modes: Object.entries(template.modes).map(([mode, { title: words }]) => ({
      ...{ name: mode, title: words },
      nodes: draftPlan(template, { mode }).nodes.map(({ name: node, role, weight, memoryMiB, nics }) => ({
        ...{ name: node, role, weight, memoryMiB },
        nics: nics.map(({ name: nic, segment, address }) => ({ name: nic, segment, address })),
      })),
    })),
    realServers: { ...(realServers ?? { min: count, max: count }), count },
    memoryMiB: nodes.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
  };
}
