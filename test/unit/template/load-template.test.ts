import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { listTemplates } from '../../../src-main/template/list-templates.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';

let folder: string;
let templateFile: string;
let recipeFile: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lvslab-templates-'));
  await cp(templatesFolder({}), folder, { recursive: true });
  templateFile = path.join(folder, 'three-modes', 'template.yaml');
  recipeFile = path.join(folder, 'recipes', 'dr.yaml');
});

afterEach(() => rm(folder, { recursive: true }));

/** Changes a file by pairs of what is there and what is to be there; each must be found. */
async function edit(file: string, ...changes: [from: string, to: string][]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  await writeFile(file, text);
}

async function refusal(work: Promise<unknown>): Promise<LabError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LabError)) throw new Error(`Not refused with a LabError: ${String(error)}`);
  return error;
}

/** Where the text stands in the file as it is now: `line:column`. */
async function place(file: string, text: string): Promise<string> {
  const before = (await readFile(file, 'utf8')).split(text)[0]!.split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

async function problemsOf(error: LabError): Promise<string[]> {
  expect(error.code).toBe('bad-input');
  return (error.details.why ?? '').split('\n').map((line) => line.replaceAll(`${folder}/`, ''));
}

describe('the templates there are', () => {
  it('are well-formed, with their defaults and recipes', async () => {
    const [template, ...others] = await listTemplates(templatesFolder({}));
    expect(others).toEqual([]);
    expect(template?.nodes.map(({ name, memoryMiB }) => [name, memoryMiB])).toEqual([
      ['director', 128],
      ['rs1', 128],
      ['rs2', 128],
      ['client', 128],
    ]);
    expect(Object.keys(template?.modes ?? {})).toEqual(['dr']);
    expect(template?.modes['dr']?.recipe.name).toBe('dr');
  });

  it('are named where one is asked for that is not there', async () => {
    const error = await refusal(loadTemplate(folder, 'three-mode'));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain("Did you mean 'three-modes'?");
    expect(error.details.remedy).toContain('three-modes');
  });

  it('are no way out of their folder', async () => {
    await mkdir(path.join(folder, 'inner'));
    expect((await refusal(loadTemplate(path.join(folder, 'inner'), '../three-modes'))).code).toBe(
      'not-found',
    );
  });

  it('come from LVSLAB_TEMPLATES where it is set', async () => {
    expect(templatesFolder({ LVSLAB_TEMPLATES: '/srv/labs' })).toBe('/srv/labs');
    const error = await refusal(listTemplates(path.join(folder, 'none')));
    expect(error.details.remedy).toContain('LVSLAB_TEMPLATES');
  });
});

describe('a malformed template', () => {
  it('is told every error at once, of shape and of sense, each at its line and column', async () => {
    await edit(
      templateFile,
      ['  scheduler: rr', '  schedular: rr'],
      ['port: 80', 'port: eighty'],
      ['weight: 1', 'wieght: 1'],
      ['address: 10.10.0.12', 'address: 10.20.0.12'],
      ['segment: lan, address: 10.10.0.200', 'segment: wan, address: 10.10.0.2'],
    );
    const problems = await problemsOf(await refusal(loadTemplate(folder, 'three-modes')));
    const at = async (text: string) => `three-modes/template.yaml:${await place(templateFile, text)}:`;
    expect(problems).toEqual([
      `${await at('virtualService:')} 'scheduler' is missing in virtualService`,
      `${await at('eighty')} virtualService.port: expected number, received string`,
      `${await at('schedular')} unknown key 'schedular' in virtualService. Did you mean 'scheduler'?`,
      `${await at('wieght')} unknown key 'wieght' in nodes[1]. Did you mean 'weight'?`,
      `${await at('10.20.0.12')} 10.20.0.12 is no host's address in 10.10.0.0/24, the subnet of 'lan'`,
      `${await at('wan')} there is no segment named 'wan'. Did you mean 'lan'?`,
    ]);
  });

  it('is told of every error in its YAML', async () => {
    await edit(templateFile, ['nics: [eth0, eth1]', 'nics: [eth0, eth1'], ['revision: 1', 'revision: "1']);
    const error = await refusal(loadTemplate(folder, 'three-modes'));
    for (const problem of await problemsOf(error))
      expect(problem).toMatch(/^three-modes\/template\.yaml:\d+:\d+: \S/);
  });

  it('is told of a key that is there twice, beside other errors', async () => {
    await edit(
      templateFile,
      ['  port: 80\n', '  port: 80\n  port: 81\n'],
      ['vip: 10.10.0.100', 'vip: 10.10.0'],
    );
    const problems = await problemsOf(await refusal(loadTemplate(folder, 'three-modes')));
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
    ['no client', 'role: client', 'role: router', 'no node has the role client'],
    ['two directors', 'role: client', 'role: director', 'exactly one node has the role director, not 2'],
    ['a node named twice', 'name: rs2', 'name: rs1', "'rs1' is used twice"],
    ['no host name', 'name: rs2', 'name: RS_2', "'RS_2' is not a host name"],
    ['NICs out of order', '[eth0, eth1]', '[eth1, eth0]', 'NIC 1 of a node is named eth0'],
    ['an unknown role', 'role: client', 'role: cleint', "Did you mean 'client'?"],
    ['a recipe that is not there', '  dr:\n', '  nat:\n', "there is no recipe 'nat'"],
    [
      'another name than its folder’s',
      'name: three-modes',
      'name: four-modes',
      "kept under the name 'three-modes'",
    ],
    ['another revision', 'revision: 1', 'revision: 2', 'revision: '],
    ['no English', '  en: One director, two real servers\n', '', "'en' is missing in title"],
  ])('is refused for %s', async (_, from, to, words) => {
    await edit(templateFile, [from, to]);
    const problems = await problemsOf(await refusal(loadTemplate(folder, 'three-modes')));
    expect(problems.join('\n')).toContain(words);
  });

  it('is refused when it is empty, and when it is no mapping', async () => {
    for (const text of ['', '- a list']) {
      await writeFile(templateFile, text);
      const problems = await problemsOf(await refusal(loadTemplate(folder, 'three-modes')));
      expect(problems).toHaveLength(1);
    }
  });
});

describe('a malformed recipe', () => {
  it('is told every error at once, with the place of a name in braces within its command', async () => {
    await edit(
      recipeFile,
      ['ip address add {vip}/32 dev {nic}', 'ip address add {vpi}/32 dev {nic}'],
      ['modprobe -r ip_vs\n', 'modprobe -r ip_vs {before.loaded}\n'],
      ['ipvsadm -D {serviceOption}', 'ipvsadm -D {rip}'],
      ['after: [vip-on-director', 'after: [vip-on-directr'],
    );
    const problems = await problemsOf(await refusal(loadTemplate(folder, 'three-modes')));
    const at = async (text: string) => `recipes/dr.yaml:${await place(recipeFile, text)}:`;
    expect(problems).toEqual([
      `${await at('{before.loaded}')} nothing is known here as {before.loaded}. It is known in undo, where the step keeps it in before.`,
      `${await at('{vpi}')} nothing is known here as {vpi}. Did you mean 'vip'?`,
      `${await at('{rip} {vip}')} nothing is known here as {rip}. It is known in steps with forEach: realServers.`,
      `${await at('vip-on-directr')} 'vip-on-directr' is no earlier step. Did you mean 'vip-on-director'?`,
    ]);
  });

  it.each([
    ['a step named twice', 'id: link-up', 'id: firewall-off', "'firewall-off' is the id of an earlier step"],
    ['no commands', 'commands:\n      - modprobe ip_vs\n', 'commands: []\n', 'steps[4].commands'],
    [
      'what undo needs in another place',
      '      - modprobe ip_vs\n',
      '      - modprobe {before.x}\n',
      'It is known in undo',
    ],
  ])('is refused for %s', async (_, from, to, words) => {
    await edit(recipeFile, [from, to]);
    const problems = await problemsOf(await refusal(loadTemplate(folder, 'three-modes')));
    expect(problems.join('\n')).toContain(words);
  });
});
