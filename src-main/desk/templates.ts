import { toErrorInfo } from '../contract/lab-error.ts';
import type { TemplateCard, TemplateList } from '../contract/templates.ts';
import { loadTemplate } from '../template/load-template.ts';
import { templateNames } from '../template/templates-folder.ts';
import type { StartTimes } from './starts.ts';
import { templateCard } from './template-card.ts';

/** All templates of a folder as cards, the easiest first. @throws LabError `not-found` when the folder cannot be read. */
export async function listTemplateCards(folder: string, starts: StartTimes): Promise<TemplateList> {
  const medians = await starts.medians();
  const templates: TemplateCard[] = [];
  const broken: TemplateList['broken'] = [];
  for (const name of await templateNames(folder)) {
    try {
      templates.push(templateCard(await loadTemplate(folder, name), medians.get(name)));
    } catch (error) {
      broken.push({ name, error: toErrorInfo(error) });
    }
  }
  return { templates: templates.toSorted((one, other) => one.level - other.level), broken };
}
