import type { LabTemplate } from './lab-template.ts';
import { loadTemplate } from './load-template.ts';
import { templateNames } from './templates-folder.ts';

/**
 * All templates of a folder, by name.
 * @throws LabError `not-found` when the folder cannot be read; `bad-input` of the first template that is malformed.
 */
export async function listTemplates(folder: string): Promise<LabTemplate[]> {
  const names = await templateNames(folder);
  return Promise.all(names.map((name) => loadTemplate(folder, name)));
}
