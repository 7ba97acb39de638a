import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportScripts } from '../../../src-main/export/export-scripts.ts';
import type { ExportSource } from '../../../src-main/export/export-source.ts';
import { exportUnits } from '../../../src-main/export/export-units.ts';
import { sourceOfPlan } from '../../../src-main/export/source-of-plan.ts';
import type { GuestTraits } from '../../../src-main/family/guest-traits.ts';
import { draftPlan } from '../../../src-main/plan/draft-plan.ts';
import { run } from '../../../src-main/process/run.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';
import { families } from './families.ts';

const template = await loadTemplate(templatesFolder({}), 'three-modes');
const searchPath = (process.env['PATH'] ?? '').split(':');
const installed = searchPath.some((folder) => existsSync(path.join(folder, 'shellcheck')));
const scratch = scratchFolder();
afterAll(() => {
  scratch.remove();
});

/** The three modes with, among them, every step that has to do with a family. */
const cases = {
  nat: { webServer: 'apache', realPort: '8080', firewall: 'on' },
  dr: { webServer: 'nginx', vip: 'alias', firewall: 'on' },
  tun: { webServer: 'nginx', firewall: 'on' },
} as const;

function sourceOf(traits: GuestTraits, mode: keyof typeof cases): ExportSource {
  const guest = { image: 'some', memoryMiB: 512, traits };
  return sourceOfPlan(template, draftPlan(template, { mode, options: cases[mode], guest }));
}

/** Of each step that has to do with a family what is run and kept. */
function familySteps({ steps }: ExportSource): string[] {
  return steps
    .filter(({ node, step }) => ['director', 'rs1'].includes(node) && /^(web|firewall)-/.test(step))
    .map(({ node, id, verify, before, commands, undo, persistent }) =>
      JSON.stringify({ node, id, verify, before, commands, undo, persistent }, undefined, 1),
    );
}

function fileOf(source: ExportSource, name: string): string {
  return exportUnits(source).find((file) => file.name === name)?.content ?? '';
}

describe.each(families)('recipes for %s', (name, traits) => {
  const sources = (['nat', 'dr', 'tun'] as const).map((mode) => sourceOf(traits, mode));

  // `npx vitest run test/unit/family -u` writes them anew.
  it('are as they were looked at', async () => {
    const text = sources.map((source) => {
      const words = fileOf(source, 'README.md').split('## The addresses')[1] ?? '';
      return [`#### ${source.plan.mode}`, ...familySteps(source), words].join('\n');
    });
    await expect(text.join('\n')).toMatchFileSnapshot(`golden/${name}-recipes.golden`);
  });

  it('name no other family’s folders and services', () => {
    const all = JSON.stringify(
      sources.flatMap((source) => [...exportScripts(source), ...exportUnits(source)]),
    );
    const [own, other] = traits.family === 'rhel' ? ['httpd', 'apache2'] : ['apache2', 'httpd'];
    expect(all).toContain(`systemctl start ${own}`);
    expect(all).not.toContain(other);
  });

  it('keep the table where the family’s ipvsadm looks for it', () => {
    const names = sources.flatMap((source) => exportUnits(source).map((file) => file.name));
    const isRhel = traits.family === 'rhel';
    expect(names.includes('director/etc/sysconfig/ipvsadm')).toBe(isRhel);
    expect(names.includes('director/etc/ipvsadm.rules')).toBe(!isRhel);
  });

  it.skipIf(!installed)('are scripts in which shellcheck finds nothing', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(path.join(scratch.path, 'scripts-'));
    const scripts = sources.flatMap((source) =>
      [...exportScripts(source), ...exportUnits(source)]
        .filter(({ mode }) => mode === 0o755)
        .map((file) => ({ ...file, name: `${source.plan.mode}-${file.name.replaceAll('/', '-')}` })),
    );
    for (const file of scripts) writeFileSync(path.join(folder, file.name), file.content);
    const names = scripts.map((file) => file.name);
    const found = await run('shellcheck', ['--norc', ...names], { cwd: folder, acceptExitCodes: [0, 1] });
    expect(found.stdout).toBe('');
  });
});

describe('the firewall', () => {
  it('is stopped unless it is chosen to stay, and then not', () => {
    const [, traits] = families[0]!;
    const ids = sourceOf(traits, 'tun')
      .steps.filter(({ node }) => node === 'rs1')
      .map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(['firewall-open:eth0', 'link-up:eth0']);
    expect(ids).toContain('firewall-open-tunnel');
    const usual = sourceOfPlan(template, draftPlan(template, { mode: 'tun' })).steps.map(({ step }) => step);
    expect(usual[0]).toBe('firewall-off');
    expect(
      usual.filter((step) => step.startsWith('firewall-')).every((step) => step === 'firewall-off'),
    ).toBe(true);
  });

  it('of a director lets through what ip_vs handles before ip_vs has anything to handle', () => {
    const [, traits] = families[0]!;
    const ids = sourceOf(traits, 'nat')
      .steps.filter(({ node }) => node === 'director')
      .map(({ id }) => id);
    expect(ids.indexOf('firewall-untracked')).toBeLessThan(ids.indexOf('virtual-service'));
    expect(ids).toContain('firewall-open:eth1');
  });
});
