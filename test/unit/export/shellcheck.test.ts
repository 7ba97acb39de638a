import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExportFile, ExportSource } from '../../../src-main/export/export-source.ts';
import { exportScripts } from '../../../src-main/export/export-scripts.ts';
import { draftPlan } from '../../../src-main/plan/draft-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import { run } from '../../../src-main/process/run.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templateNames, templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { fileStep } from '../lab/scratch-guests.ts';
import { exampleSource } from './example-source.ts';

const searchPath = (process.env['PATH'] ?? '').split(':');
const installed = searchPath.some((folder) => existsSync(path.join(folder, 'shellcheck')));
if (!installed) process.stderr.write('shellcheck is not installed: exported scripts are not checked.\n');

const scratch = scratchFolder();
afterAll(() => {
  scratch.remove();
});

/** Every mode of every template, as it is by default and with each other choice that its options have. */
async function everySource(): Promise<{ name: string; source: ExportSource }[]> {
  const folder = templatesFolder({});
  const templates = await Promise.all(
    (await templateNames(folder)).map((name) => loadTemplate(folder, name)),
  );
  return templates.flatMap((template) =>
    Object.keys(template.modes).flatMap((mode) => {
      const { recipe, title } = modeOf(template, mode);
      const choices = Object.entries(recipe.options).flatMap(([option, { values, default: usual }]) =>
        Object.keys(values)
          .filter((value) => value !== usual)
          .map((value) => ({ [option]: value })),
      );
      return [{}, ...choices].map((options) => {
        const plan = draftPlan(template, { mode, options });
        const chosen = Object.entries(options).map((choice) => choice.join('='));
        return {
          name: [template.name, mode, ...chosen].join(' '),
          source: { plan, steps: planRecipe(recipe, plan), modeTitle: title.en },
        };
      });
    }),
  );
}

const seen = new Set<string>();

/** The scripts of a source, without those that another one has to the letter. */
function newScripts(source: ExportSource): ExportFile[] {
  return exportScripts(source).filter(({ name, content }) => {
    const fresh = name.endsWith('.sh') && !seen.has(content);
    seen.add(content);
    return fresh;
  });
}

async function findings(scripts: readonly ExportFile[]): Promise<string> {
  const folder = mkdtempSync(path.join(scratch.path, 'scripts-'));
  for (const { name, content } of scripts) writeFileSync(path.join(folder, name), content);
  const names = scripts.map(({ name }) => name);
  return (await run('shellcheck', ['--norc', ...names], { cwd: folder, acceptExitCodes: [0, 1] })).stdout;
}

const exports = (await everySource()).map(({ name, source }) => ({ name, scripts: newScripts(source) }));

describe.skipIf(!installed)('shellcheck', () => {
  it.each(exports)('finds nothing in the scripts of $name', { timeout: 60_000 }, async ({ scripts }) => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(await findings(scripts)).toBe('');
  });

  it('finds nothing where nodes wait for each other, or nothing can be undone', async () => {
    const steps = [
      fileStep('rs1', 'a', 'new', { undo: [] }),
      fileStep('rs2', 'b', 'new', { after: ['a'] }),
      fileStep('rs1', 'c', 'new', { after: ['b'], undo: [] }),
    ];
    expect(await findings(newScripts(exampleSource(steps)))).toBe('');
  });

  it('sees into the steps', async () => {
    const careless = fileStep('rs1', 'a', 'new', { commands: ['echo $unset'] });
    expect(await findings(newScripts(exampleSource([careless])))).toContain('SC2154');
  });
});
