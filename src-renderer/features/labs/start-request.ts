import type { StartRequest } from '../../../src-main/contract/labs.ts';
import type { TemplateCard } from '../../../src-main/contract/templates.ts';

/** What the start dialog lets choose; everything has a value there. */
export interface StartChoices {
  mode: string;
  /** Empty for the template's own, numbered. */
  name: string;
  scheduler: string;
  realServers: number;
  cold: boolean;
  /** The guest image's name. */
  image: string;
  /** By the option's name; those of other modes too. */
  options: Record<string, string>;
}

/** The choices as a start is told them: what is as the template has it is left out. */
export function startRequest(card: TemplateCard, choices: StartChoices): StartRequest {
  const { mode, name, scheduler, realServers, cold, image } = choices;
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
    ...(cold && { cold }),
    ...(image !== 'embedded' && { image }),
  };
}
