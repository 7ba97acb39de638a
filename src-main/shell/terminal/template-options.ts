import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  chooseTemplate as choose,
  type ChosenTemplate,
  type TemplateWishes,
} from '../../lab/choose-template.ts';
import type { LabContext } from '../../lab/lab-context.ts';

/** What may be chosen of a template, beside its mode. */
export interface TemplateFlags {
  readonly scheduler?: string;
  readonly option?: Readonly<Record<string, string>>;
  readonly realServers?: number;
  readonly weight?: Readonly<Record<string, number>>;
  readonly persistent?: number;
  readonly image?: string;
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
    )
    .addOption(
      new Option(
        '--persistent <seconds>',
        'how long a client stays with its real server (default: not at all)',
      ).argParser(parseNumber),
    )
    .option(
      '--image <name>',
      "what the nodes start from, as 'lvslab image list' names it (default: embedded, built on this host)",
    );
}

/** The template that these options ask for. @throws LabError as `chooseTemplate` of the lab room. */
export function chooseTemplate(
  context: Pick<LabContext, 'templatesFolder'>,
  name: string,
  flags: TemplateFlags,
): Promise<ChosenTemplate> {
  return choose(context, name, wishesOf(flags));
}

export function wishesOf(flags: TemplateFlags): TemplateWishes {
  const { scheduler, option, realServers, weight, persistent, image } = flags;
  return { scheduler, realServers, options: option, weights: weight, persistentSeconds: persistent, image };
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
