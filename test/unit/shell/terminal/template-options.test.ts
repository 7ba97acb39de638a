import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addTemplateOptions,
  chooseTemplate,
  type TemplateFlags,
} from '../../../../src-main/shell/terminal/template-options.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';

function flags(...args: string[]): TemplateFlags {
  const command = addTemplateOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: 'user' }).opts();
}

describe('what may be chosen of a template', () => {
  it('is read from options that may be repeated', () => {
    const all = [
      '--option',
      'arp=arptables',
      '--option',
      'vip=alias',
      '--real-servers',
      '3',
      '--scheduler',
      'wrr',
    ];
    expect(flags(...all, '--weight', 'rs2=2', '--weight', 'rs3=0')).toEqual({
      option: { arp: 'arptables', vip: 'alias' },
      realServers: 3,
      scheduler: 'wrr',
      weight: { rs2: 2, rs3: 0 },
    });
    expect(flags()).toEqual({});
  });

  it.each([
    ['--option', 'arp'],
    ['--option', '=arptables'],
    ['--option', 'arp='],
    ['--weight', 'rs2=two'],
    ['--weight', 'rs2=-1'],
    ['--real-servers', '2.5'],
  ])('is refused where it is not of the form: %s %s', (...args) => {
    expect(() => flags(...args)).toThrow(CommanderError);
  });

  it('makes the template what it is asked to be', async () => {
    const context = { templatesFolder: templatesFolder({}) };
    const { template, ...rest } = await chooseTemplate(context, 'three-modes', {
      realServers: 3,
      scheduler: 'sh',
      option: { webServer: 'apache' },
      weight: { rs3: 2 },
    });
    expect(template.nodes.map(({ name }) => name)).toContain('rs3');
    expect(rest).toEqual({
      scheduler: 'sh',
      options: { webServer: 'apache' },
      weights: { rs3: 2 },
    });
  });
});
