import { embeddedTraits } from '../family/guest-traits.ts';
import { draftPlan } from '../plan/draft-plan.ts';
import { checkNeeds } from '../plan/plan-options.ts';
import type { PlanRequest } from '../plan/plan-lab.ts';
import type { LabTemplate } from '../template/lab-template.ts';
import { loadTemplate } from '../template/load-template.ts';
import { withRealServers } from '../template/with-real-servers.ts';
import { chooseGuest } from './choose-guest.ts';
import type { LabContext } from './lab-context.ts';

/** What may be chosen of a template, beside its mode. */
type Choices = Pick<PlanRequest, 'scheduler' | 'options' | 'weights' | 'persistentSeconds'>;
export interface TemplateWishes extends Choices {
  /** The guest image's name; the embedded one where none is given. */
  readonly image?: string | undefined;
  readonly realServers?: number | undefined;
}

/** A template as it was asked for, and what `planLab` is told of it. */
export interface ChosenTemplate extends Choices {
  readonly image?: string | undefined;
  readonly template: LabTemplate;
}

/**
 * Loads a template and gives it the real servers that were asked for. Options and weights are for `planLab` to check.
 * @throws LabError as `loadTemplate` and `withRealServers` do.
 */
export async function chooseTemplate(
  { templatesFolder }: Pick<LabContext, 'templatesFolder'>,
  name: string,
  { realServers, scheduler, options, weights, persistentSeconds, image }: TemplateWishes,
): Promise<ChosenTemplate> {
  const template = await loadTemplate(templatesFolder, name);
  return {
    template: realServers === undefined ? template : withRealServers(template, realServers),
    ...{ scheduler, options, weights, persistentSeconds, image },
  };
}

/**
 * The same for a lab that is to be started: everything is checked, and nothing made.
 * @param wishes Without a mode it is the template's first.
 * @throws LabError as `chooseTemplate`, `planLab` and `chooseGuest` do.
 */
export async function chooseStart(
  context: Pick<LabContext, 'templatesFolder' | 'dataFolder'>,
  name: string,
  wishes: TemplateWishes & { readonly mode?: string | undefined },
): Promise<ChosenTemplate & { readonly mode: string }> {
  const choice = await chooseTemplate(context, name, wishes);
  const [firstMode = ''] = Object.keys(choice.template.modes);
  const mode = wishes.mode ?? firstMode;
  const guest = await chooseGuest(context, choice.image);
  draftPlan(choice.template, { ...choice, mode, guest });
  checkNeeds(choice.template, choice.options ?? {}, guest?.traits ?? embeddedTraits);
  return { ...choice, mode };
}
