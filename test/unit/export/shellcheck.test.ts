import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExportFile, ExportSource } from '../../../src-main/export/export-source.ts';
import { exportScripts } from '../../../src-main/export/export-scripts.ts';
import { exportUnits } from '../../../src-main/export/export-units.ts';
import { run } from '../../../src-main/process/run.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { fileStep } from '../lab/scratch-guests.ts';
import { everySource } from './every-source.ts';
import { exampleSource } from './example-source.ts';

const searchPath = (process.env['PATH'] ?? '').split(':');
const installed = searchPath.some((folder) => existsSync(path.join(folder, 'shellcheck')));
if (!installed) process.stderr.write('shellcheck is not installed: exported scripts are not checked.\n');

const scratch = scratchFolder();
afterAll(() => {
  scratch.remove();
});

const seen = new Set<string>();

/** The scripts of a source, as files of one folder, without those that another one has to the letter. */
function newScripts(source: ExportSource): ExportFile[] {
  return [...exportScripts(source), ...exportUnits(source)]
    .filter(({ mode, content }) => {
      const fresh = mode === 0o755 && !seen.has(content);
      seen.add(content);
      return fresh;
    })
    .map((file) => ({ ...file, name: file.name.replaceAll('/', '-') }));
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
