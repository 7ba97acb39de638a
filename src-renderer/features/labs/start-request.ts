import type { StartRequest } from '../../../src-main/contract/labs.ts';
import type { TemplateCard } from '../../../src-main/contract/templates.ts';

/** What the start dialog lets choose; everything has a value there. */
export interface StartChoices {
  mode: string;
  /** Empty for the template's own, numbered. */
  name: string;
  scheduler: string;
  realServers: number;
  /** By real server; those that have one of their own. */
  weights: Record<string, number>;
  /** Seconds that a client stays with its real server; none for not at all. */
  persistentSeconds: number | null;
  cold: boolean;
  /** The guest image's name. */
  image: string;
  /** By the option's name; those of other modes too. */
  options: Record<string, string>;
}

/** The choices as a start is told them: what is as the template has it is left out. */
export function startRequest(card: TemplateCard, choices: StartChoices): StartRequest {
  const { mode, name, scheduler, realServers, persistentSeconds, cold, image } = choices;
  const usual = weightsOf(card, mode, realServers);
  const weights = Object.entries(usual).flatMap(([server, standard]) => {
    const weight = choices.weights[server];
    return weight === undefined || weight === standard ? [] : [[server, weight] as const];
  });
  const options = card.options.flatMap(({ name: option, default: standard, modes }) => {
    const value = choices.options[option];
    return value === undefined || value === standard || !modes.includes(mode) ? [] : [[option, value]];
  });
  return {
    ...{ template: card.name, mode },
    ...(name.trim() && { name: name.trim() }),
    ...(scheduler !== card.service.scheduler && { scheduler }),
    ...(realServers !== card.realServers.count && { realServers }),
    ...(options.length > 0 && { options: Object.fromEntries(options) as Record<string, string> }),
    ...(weights.length > 0 && { weights: Object.fromEntries(weights) }),
    ...(persistentSeconds && { persistentSeconds }),
    ...(cold && { cold }),
    ...(image !== 'embedded' && { image }),
  };
}

/** The weights of so many real servers as the template has them, by their names: the last one's for those beyond. */
export function weightsOf({ modes }: TemplateCard, mode: string, count: number): Record<string, number> {
  const nodes = modes.find(({ name }) => name === mode)?.nodes ?? [];
  const servers = nodes.filter(({ role }) => role === 'real-server');
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      servers[index]?.name ?? `rs${index + 1}`,
      servers[index]?.weight ?? 1,
    ]),
  );
}
