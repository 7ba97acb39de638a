import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadRecipes } from '../../../src-main/template/load-recipe.ts';
import { loadLibrary } from '../../../src-main/template/step-library.ts';
import { recipeNames, templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { edit, place, problemsOf, scratch } from './scratch-templates.ts';

const recipeFile = () => scratch.file('recipes', 'dr.yaml');
const directorFile = () => scratch.file('recipes', 'steps', 'director.yaml');
const load = () => loadRecipes(scratch.folder, ['dr']);

describe('the recipes there are', () => {
  it('have the steps and options of the library in their places', async () => {
    const recipes = await loadRecipes(templatesFolder({}), ['dr', 'nat']);
    const [dr, nat] = [recipes.get('dr')!, recipes.get('nat')!];
    expect(dr.steps.map(({ id }) => id).slice(0, 3)).toEqual([
      'firewall-off',
      'firewall-open',
      'firewall-untracked',
    ]);
    expect(dr.options['webServer']).toMatchObject({ default: 'nginx', values: { nginx: {}, apache: {} } });
    const forward = (id: typeof dr) => id.steps.find((step) => step.id === 'ip-forward')!;
    // What a recipe says of a shared step goes before what the library says; the rest is the very same.
    expect([forward(dr).on, forward(nat).on]).toEqual([['router'], ['director', 'router']]);
    expect(forward(nat).why.en).not.toBe(forward(dr).why.en);
    expect(forward(nat).undo).toEqual(forward(dr).undo);
  });

  it('use every step of the library', async () => {
    const folder = templatesFolder({});
    const recipes = await loadRecipes(folder, await recipeNames(folder));
    const used = new Set([...recipes.values()].flatMap(({ steps }) => steps.map(({ id }) => id)));
    const { library } = await loadLibrary(folder);
    expect([...library.steps.keys()].filter((id) => !used.has(id))).toEqual([]);
  });

  it('need no library', async () => {
    const steps = '{ id: a, on: [client], title: { en: A }, why: { en: A }, verify: test 1, commands: [a] }';
    const text = `revision: 1\nname: dr\ntitle: { en: A }\nsteps:\n  - ${steps}\n`;
    await writeFile(scratch.file('recipes', 'dr.yaml'), text);
    for (const name of ['node', 'director', 'real-server'])
      await writeFile(
        scratch.file('recipes', 'steps', `${name}.yaml`),
        `revision: 1\nname: ${name}\nsteps: []\n`,
      );
    expect((await load()).get('dr')?.options).toEqual({});
  });
});

describe('a malformed recipe', () => {
  it('is told every error at once, with the place of a name in braces within its command', async () => {
    await edit(
      recipeFile(),
      ['use: webServer', 'use: webserver'],
      ['default: sysctl', 'default: sysctls'],
      ['ipvsadm -a {serviceOption}', 'ipvsadm -a {serviceOptoin}'],
      ['use: web-page', 'use: web-pages'],
      ['when: { arp: arptables }', 'when: { arp: arptable }'],
      ['when: { vip: lo }', 'when: { vpi: lo }'],
      ['ip address del {vip}/32 dev lo\n', 'ip address del {before.vip}/32 dev lo\n'],
      ['ip route del local {vip}', 'ip route del local {rip}'],
      ['after: [vip-on-director', 'after: [vip-on-directr'],
    );
    expect(await problemsOf(load())).toEqual([
      `${await place(recipeFile(), 'webserver')} there is no shared option named 'webserver'. Did you mean 'webServer'?`,
      `${await place(recipeFile(), 'sysctls')} there is no value of 'arp' named 'sysctls'. Did you mean 'sysctl'?`,
      `${await place(recipeFile(), '{serviceOptoin}')} nothing is known here as {serviceOptoin}. Did you mean 'serviceOption'?`,
      `${await place(recipeFile(), 'web-pages')} there is no shared step named 'web-pages'. Did you mean 'web-page'?`,
      `${await place(recipeFile(), 'arptable }')} there is no value of 'arp' named 'arptable'. Did you mean 'arptables'?`,
      `${await place(recipeFile(), 'vpi: lo')} there is no option of this recipe named 'vpi'. Did you mean 'vip'?`,
      `${await place(recipeFile(), '{before.vip}')} nothing is known here as {before.vip}. It is known in undo, where the step keeps it in before.`,
      `${await place(recipeFile(), '{rip}/32')} nothing is known here as {rip}. It is known in steps with forEach: realServers.`,
      `${await place(recipeFile(), 'vip-on-directr')} 'vip-on-directr' is no earlier step. Did you mean 'vip-on-director'?`,
    ]);
  });

  it.each<[what: string, from: string, to: string, words: string]>([
    ['a step used twice', 'use: link-up', 'use: firewall-off', "'firewall-off' is the id of an earlier step"],
    [
      'a step named as one it uses',
      'id: arp-tables',
      'id: web-page',
      "'web-page' is the id of an earlier step",
    ],
    ['no commands', 'commands:\n      - ip address add {vip}/32 dev lo\n', 'commands: []\n', '.commands: '],
    [
      'a key that a shared step does not take',
      '- use: link-up\n',
      '- use: link-up\n    commands: [reboot]\n',
      "unknown key 'commands' in steps[3]",
    ],
    [
      'a mistyped key of a shared step',
      '- use: link-up\n',
      '- use: link-up\n    wen: { arp: sysctl }\n',
      "unknown key 'wen' in steps[3]. Did you mean 'when'?",
    ],
    [
      'a mistyped key of a step of its own',
      'classic:\n      - ifconfig lo:0',
      'clasic:\n      - ifconfig lo:0',
      "Did you mean 'classic'?",
    ],
    [
      'an unknown role for a shared step',
      '- use: link-up\n',
      '- use: link-up\n    on: [cleint]\n',
      "Did you mean 'client'?",
    ],
    [
      'a name that the shared step does not know',
      '- use: link-up\n',
      '- use: link-up\n    why: { en: "{rip}" }\n',
      'nothing is known here as {rip}',
    ],
    [
      'two persistent forms',
      '      ipvsadm:\n        - -a ',
      '      service: a\n      ipvsadm:\n        - -a ',
      'has one of sysctl, ipvsadm, files and service',
    ],
    [
      'an unknown name in a persistent form',
      '        - -a {serviceOption}',
      '        - -a {serviceOptoin}',
      "nothing is known here as {serviceOptoin}. Did you mean 'serviceOption'?",
    ],
    ['no step at all', '- use: link-up\n', '- just words\n', 'steps[3]: '],
    [
      'a number for a choice',
      'default: lo',
      'default: 8080',
      'options.vip.default: expected string, received number',
    ],
  ])('is refused for %s', async (_, from, to, words) => {
    await edit(recipeFile(), [from, to]);
    const problems = await problemsOf(load());
    expect(problems.join('\n')).toContain(words);
    for (const problem of problems) expect(problem).toMatch(/^recipes\/dr\.yaml:\d+:\d+: \S/);
  });
});

describe('a malformed library', () => {
  it('is told every error at once, in all its files, before the recipes', async () => {
    await edit(
      directorFile(),
      ['ip address add {vip}/32 dev {nic}', 'ip address add {vpi}/32 dev {nic}'],
      ['modprobe -r ip_vs\n', 'modprobe -r ip_vs {before.loaded}\n'],
      ['id: vip-on-director\n', 'id: vip-on-director\n    after: [ip-vs-module]\n'],
    );
    const serverFile = scratch.file('recipes', 'steps', 'real-server.yaml');
    await edit(serverFile, ['default: nginx', 'default: lighttpd'], ['id: web-page', 'id: link-up']);
    await edit(recipeFile(), ['use: web-page', 'use: web-pages']);
    expect(await problemsOf(load())).toEqual([
      `${await place(directorFile(), '{before.loaded}')} nothing is known here as {before.loaded}. It is known in undo, where the step keeps it in before.`,
      expect.stringContaining(
        `${await place(directorFile(), 'after: [ip')} unknown key 'after' in steps[4].`,
      ),
      `${await place(directorFile(), '{vpi}')} nothing is known here as {vpi}. Did you mean 'vip'?`,
      `${await place(serverFile, 'lighttpd')} there is no value of 'webServer' named 'lighttpd'.`,
      `${await place(serverFile, 'link-up')} 'link-up' is the id of another shared step`,
    ]);
  });
});
