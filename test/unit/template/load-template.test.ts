import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listTemplates } from '../../../src-main/template/list-templates.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { edit, place, problemsOf, refusal, scratch } from './scratch-templates.ts';

const templateFile = () => scratch.file('three-modes', 'template.yaml');

describe('the templates there are', () => {
  it('are well-formed, with their defaults and recipes', async () => {
    const [routed, template, ...others] = await listTemplates(templatesFolder({}));
    expect([routed?.name, others]).toEqual(['routed', []]);
    expect(template?.nodes.map(({ name, memoryMiB }) => [name, memoryMiB])).toEqual([
      ['director', 128],
      ['rs1', 128],
      ['rs2', 128],
      ['client', 128],
    ]);
    for (const { modes } of [routed!, template!]) {
      expect(Object.entries(modes).map(([mode, { recipe }]) => [mode, recipe.name])).toEqual([
        ['dr', 'dr'],
        ['nat', 'nat'],
        ['tun', 'tun'],
      ]);
    }
  });

  it('are named where one is asked for that is not there', async () => {
    const error = await refusal(loadTemplate(scratch.folder, 'three-mode'));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain("Did you mean 'three-modes'?");
    expect(error.details.remedy).toContain('three-modes');
  });

  it('are no way out of their folder', async () => {
    await mkdir(path.join(scratch.folder, 'inner'));
    expect((await refusal(loadTemplate(path.join(scratch.folder, 'inner'), '../three-modes'))).code).toBe(
      'not-found',
    );
  });

  it('come from LVSLAB_TEMPLATES where it is set', async () => {
    expect(templatesFolder({ LVSLAB_TEMPLATES: '/srv/labs' })).toBe('/srv/labs');
    const error = await refusal(listTemplates(path.join(scratch.folder, 'none')));
    expect(error.details.remedy).toContain('LVSLAB_TEMPLATES');
  });
});

describe('a malformed template', () => {
  it('is told every error at once, of shape and of sense, each at its line and column', async () => {
    await edit(
      templateFile(),
      ['  scheduler: rr', '  schedular: rr'],
      ['port: 80', 'port: eighty'],
      ['weight: 1', 'wieght: 1'],
      ['gateway: 10.20.0.2', 'gateway: 10.20.0'],
      ['address: 10.10.0.12', 'address: 10.20.0.12'],
      ['segment: lan, address: 10.10.0.200', 'segment: wan, address: 10.10.0.2'],
    );
    const problems = await problemsOf(loadTemplate(scratch.folder, 'three-modes'));
    const at = async (text: string) => place(templateFile(), text);
    expect(problems).toEqual([
      `${await at('virtualService:')} 'scheduler' is missing in virtualService`,
      `${await at('eighty')} virtualService.port: expected number, received string`,
      `${await at('schedular')} unknown key 'schedular' in virtualService. Did you mean 'scheduler'?`,
      `${await at('wieght')} unknown key 'wieght' in nodes[1]. Did you mean 'weight'?`,
      `${await at('10.20.0.12')} 10.20.0.12 is no host's address in 10.10.0.0/24, the subnet of 'lan'`,
      `${await at('wan')} there is no segment named 'wan'. Did you mean 'lan'?`,
      `${await at('10.20.0 }')} modes.nat.cabling.rs1.eth0.gateway: '10.20.0' is not an IPv4 address such as 10.10.0.2`,
    ]);
  });

  it('is told of every error in its YAML', async () => {
    await edit(templateFile(), ['nics: [eth0, eth1]', 'nics: [eth0, eth1'], ['revision: 1', 'revision: "1']);
    for (const problem of await problemsOf(loadTemplate(scratch.folder, 'three-modes')))
      expect(problem).toMatch(/^three-modes\/template\.yaml:\d+:\d+: \S/);
  });

  it('is told of a key that is there twice, beside other errors', async () => {
    await edit(
      templateFile(),
      ['  port: 80\n', '  port: 80\n  port: 81\n'],
      ['vip: 10.10.0.100', 'vip: 10.10.0'],
    );
    const problems = await problemsOf(loadTemplate(scratch.folder, 'three-modes'));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("'10.10.0' is not an IPv4 address");
    expect(problems[1]).toContain('keys must be unique');
  });

  it.each<[what: string, from: string, to: string, words: string]>([
    ['a VIP that is a node’s', 'address: 10.10.0.12', 'address: 10.10.0.100', '10.10.0.100 is the VIP'],
    ['an address given twice', 'address: 10.10.0.12', 'address: 10.10.0.11', "'10.10.0.11' is used twice"],
    [
      'a VIP outside the director’s subnets',
      'vip: 10.10.0.100',
      'vip: 10.9.0.1',
      'lies in none of the director',
    ],
    ['the broadcast address', 'address: 10.10.0.12', 'address: 10.10.0.255', "is no host's address"],
    ['an unknown node in the cabling', '      rs2:\n', '      rs3:\n', "there is no node named 'rs3'"],
    [
      'an unknown NIC',
      '      rs2:\n        eth0',
      '      rs2:\n        eth1',
      "there is no NIC of 'rs2' named 'eth1'",
    ],
    [
      'a node without an address',
      'segment: lan, address: 10.10.0.12',
      'segment: lan',
      "'rs2' has no address",
    ],
    [
      'a gateway that is nobody’s',
      'gateway: 10.20.0.2',
      'gateway: 10.20.0.3',
      'is the address of no other node',
    ],
    [
      'a gateway on another segment',
      'gateway: 10.20.0.2',
      'gateway: 10.10.0.2',
      "no other node on 'backend'",
    ],
    [
      'a gateway that is its own',
      'gateway: 10.20.0.2',
      'gateway: 10.20.0.11',
      'is the address of no other node',
    ],
    [
      'a gateway with no address to reach it from',
      'eth0: { segment: backend, address: 10.20.0.11,',
      'eth0: { segment: backend,',
      "'rs1' has no address of its own on eth0",
    ],
    [
      'two default routes',
      'address: 10.10.0.2 }\n        eth1: { segment: backend, address: 10.20.0.2 }',
      'address: 10.10.0.2, gateway: 10.10.0.200 }\n        eth1: { segment: backend, address: 10.20.0.2, gateway: 10.20.0.11 }',
      "'director' has its default route already, by eth0",
    ],
    [
      'a clone’s address that is taken',
      'address: 10.10.0.200',
      'address: 10.10.0.15',
      "10.10.0.15, for 'rs5' in mode 'dr', is taken",
    ],
    ['a clone’s address that is the VIP', 'vip: 10.10.0.100', 'vip: 10.10.0.18', "10.10.0.18, for 'rs8'"],
    ['a clone outside the subnet', 'address: 10.10.0.12', 'address: 10.10.0.250', 'is outside 10.10.0.0/24'],
    ['a clone of a taken name', 'name: client', 'name: rs3', "'rs3', the next real server's name, is taken"],
    ['a clone with no number', 'name: rs2', 'name: other', 'has no number at the end'],
    ['too few real servers', 'min: 2', 'min: 3', 'there are 2 real servers, which is not from 3 to 8'],
    ['no client', 'role: client', 'role: router', 'no node has the role client'],
    ['two directors', 'role: client', 'role: director', 'exactly one node has the role director, not 2'],
    ['a node named twice', 'name: rs2', 'name: rs1', "'rs1' is used twice"],
    ['no host name', 'name: rs2', 'name: RS_2', "'RS_2' is not a host name"],
    ['NICs out of order', '[eth0, eth1]', '[eth1, eth0]', 'NIC 1 of a node is named eth0'],
    ['an unknown role', 'role: client', 'role: cleint', "Did you mean 'client'?"],
    ['a recipe that is not there', '  dr:\n', '  rd:\n', "there is no recipe 'rd'. Did you mean 'dr'?"],
    [
      'another name than its folder’s',
      'name: three-modes',
      'name: four-modes',
      "kept under the name 'three-modes'",
    ],
    ['another revision', 'revision: 1', 'revision: 2', 'revision: '],
    ['no English', '  en: One director, two real servers\n', '', "'en' is missing in title"],
  ])('is refused for %s', async (_, from, to, words) => {
    await edit(templateFile(), [from, to]);
    const problems = await problemsOf(loadTemplate(scratch.folder, 'three-modes'));
    expect(problems.join('\n')).toContain(words);
  });

  it('is refused when it is empty, and when it is no mapping', async () => {
    for (const text of ['', '- a list']) {
      await writeFile(templateFile(), text);
      const problems = await problemsOf(loadTemplate(scratch.folder, 'three-modes'));
      expect(problems).toHaveLength(1);
    }
  });
});
