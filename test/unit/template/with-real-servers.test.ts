import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { LabTemplate } from '../../../src-main/template/lab-template.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { withRealServers } from '../../../src-main/template/with-real-servers.ts';

const template = await loadTemplate(templatesFolder({}), 'three-modes');

function addresses({ modes }: LabTemplate, mode: string): Record<string, unknown> {
  const entries = Object.entries(modes[mode]?.cabling ?? {}).filter(([node]) => node.startsWith('rs'));
  return Object.fromEntries(entries.map(([node, nics]) => [node, nics['eth0']]));
}

describe('withRealServers', () => {
  it('clones the last one, with the next name and, in every mode, the next address', () => {
    const four = withRealServers(template, 4);
    const names = ['director', 'rs1', 'rs2', 'rs3', 'rs4', 'client'];
    expect(four.nodes.map(({ name }) => name)).toEqual(names);
    expect(four.nodes[4]).toEqual({ ...template.nodes[2], name: 'rs4' });
    expect(addresses(four, 'dr')['rs4']).toEqual({ segment: 'lan', address: '10.10.0.14' });
    expect(addresses(four, 'nat')).toEqual({
      rs1: { segment: 'backend', address: '10.20.0.11', gateway: '10.20.0.2' },
      rs2: { segment: 'backend', address: '10.20.0.12', gateway: '10.20.0.2' },
      rs3: { segment: 'backend', address: '10.20.0.13', gateway: '10.20.0.2' },
      rs4: { segment: 'backend', address: '10.20.0.14', gateway: '10.20.0.2' },
    });
  });

  it('leaves the last ones out, and the template as it was', () => {
    const four = withRealServers(template, 4);
    expect(withRealServers(four, 2)).toEqual(template);
    expect(withRealServers(template, 2)).toEqual(template);
    expect(template.nodes).toHaveLength(4);
  });

  it.each([
    [template, 1, 'has 2 to 8 real servers, not 1'],
    [template, 9, 'has 2 to 8 real servers, not 9'],
    [template, 2.5, 'not 2.5'],
    [{ ...template, realServers: undefined }, 3, 'has 2 real servers, not 3'],
  ])('refuses a number that is not allowed', (from, count, words) => {
    expect(() => withRealServers(from, count)).toThrow(LabError);
    expect(() => withRealServers(from, count)).toThrow(words);
  });
});
