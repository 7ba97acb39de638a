import type { TemplateCard, TemplateNode } from '../contract/templates.ts';
import { draftPlan } from '../plan/draft-plan.ts';
import type { LabTemplate } from '../template/lab-template.ts';
import { realServerLimits } from '../template/with-real-servers.ts';

/** A template as a card shows it. @param startMs What its starts take here, where that is known. */
export function templateCard(template: LabTemplate, startMs: number | undefined): TemplateCard {
  const { name, title, summary, lesson, level, segments, virtualService, nodes } = template;
  return {
    ...{ name, title, summary, lesson, level },
    segments: segments.map((segment) => ({ name: segment.name, subnet: segment.subnet })),
    service: virtualService,
    modes: Object.entries(template.modes).map(([mode, of]) => ({
      ...{ name: mode, title: of.title },
      nodes: nodesIn(template, mode),
    })),
    realServers: {
      ...realServerLimits(template),
      count: nodes.filter(({ role }) => role === 'real-server').length,
    },
    options: optionsOf(template),
    memoryMiB: nodes.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
    startMs: startMs ?? null,
  };
}

function nodesIn(template: LabTemplate, mode: string): TemplateNode[] {
  return draftPlan(template, { mode }).nodes.map(({ name, role, weight, memoryMiB, nics }) => ({
    ...{ name, role, weight, memoryMiB },
    nics: nics.map((nic) => ({ name: nic.name, segment: nic.segment, address: nic.address })),
  }));
}

/** The options of all modes; those of one name share their values, as `planLab` checks them. */
export function optionsOf({ modes }: LabTemplate): TemplateCard['options'] {
  const all = Object.entries(modes).flatMap(([mode, { recipe }]) =>
    Object.entries(recipe.options).map(([name, option]) => ({ name, mode, option })),
  );
  return [...Map.groupBy(all, ({ name }) => name)].flatMap(([name, [first, ...others]]) => {
    if (!first) return [];
    const { title, default: usual, values } = first.option;
    return {
      ...{ name, title, default: usual },
      values: Object.entries(values).map(([value, of]) => ({
        ...{ value, title: of.title },
        firewall: of.needs?.firewall ?? null,
      })),
      modes: [first, ...others].map(({ mode }) => mode),
    };
  });
}
