import { InvalidArgumentError, Option, type Command } from 'commander';
import type { LabContext } from '../../lab/lab-context.ts';
import type { PlanRequest } from '../../plan/plan-lab.ts';
import type { LabTemplate } from '../../template/lab-template.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { withRealServers } from '../../template/with-real-servers.ts';

/** What may be chosen of a template, beside its mode. */
export interface TemplateFlags {
  readonly scheduler?: string;
  readonly option?: Readonly<Record<string, string>>;
  readonly realServers?: number;
  readonly weight?: Readonly<Record<string, number>>;
}

/** A template as it was asked for, and what `planLab` is told of it. */
export interface ChosenTemplate extends Pick<PlanRequest, 'scheduler' | 'options' | 'weights'> {
  readonly template: LabTemplate;
}

export function addTemplateOptions(command: Command): Command {
  return command
    .option('--scheduler <name>', "as ipvsadm names it: rr, wrr, lc, sh … (default: the template's)")
    .addOption(
      new Option(
        '--real-servers <count>',
        'how many real servers (default: as many as the template has)',
      ).argParser(parseNumber),
    )
    .addOption(
      new Option('--option <name=value>', "choose one of the recipes' variants; may be repeated").argParser(
        (text: string, before?: Record<string, string>) => {
          const [name, value] = parsePair(text);
          return { ...before, [name]: value };
        },
      ),
    )
    .addOption(
      new Option('--weight <server=number>', "a real server's weight; may be repeated").argParser(
        (text: string, before?: Record<string, number>) => {
          const [name, value] = parsePair(text);
          return { ...before, [name]: parseNumber(value) };
        },
      ),
    );
}

/**
 * Loads a template and gives it the real servers that were asked for. Options and weights are for `planLab` to check.
 * @throws LabError as `loadTemplate` and `withRealServers` do.
 */
export async function chooseTemplate(
  { templatesFolder }: Pick<LabContext, 'templatesFolder'>,
  name: string,
  { scheduler, option, realServers, weight }: TemplateFlags,
): Promise<ChosenTemplate> {
  const template = await loadTemplate(templatesFolder, name);
  return {
    template: realServers === undefined ? template : withRealServers(template, realServers),
    scheduler,
    options: option,
    weights: weight,
  };
}

function parseNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

function parsePair(text: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It is not of the form name=value.');
  return [name, value];
}
