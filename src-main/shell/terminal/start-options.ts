import { InvalidArgumentError, Option, type Command } from 'commander';
import { chooseStart } from '../../lab/choose-template.ts';
import type { StartOptions } from '../../lab/start-lab.ts';
import type { LabContext } from '../../lab/lab-context.ts';
import { jsonOption, portsOption } from './act.ts';
import { addTemplateOptions, wishesOf, type TemplateFlags } from './template-options.ts';

/** The options `up` and `run` share. */
export interface StartFlags extends TemplateFlags {
  readonly mode?: string;
  readonly name?: string;
  readonly pcap?: string;
  readonly trace?: string;
  readonly bootTimeout: number;
  readonly cold?: boolean;
  readonly unsealed?: boolean;
}

export function addStartOptions(command: Command): Command {
  return addTemplateOptions(command)
    .argument('<template>', "a lab, as 'lvslab templates' names it")
    .option('--mode <mode>', "how the director forwards: one of the template's modes (default: its first)")
    .option('--name <name>', "the lab's name (default: the template's)")
    .option('--pcap <file>', 'write every frame of the lab to this file, as pcapng')
    .option(
      '--trace <file>',
      'write what each step took to this file, as a Chrome trace (ui.perfetto.dev shows it)',
    )
    .option('--cold', 'boot every node, instead of restoring it from a saved state')
    .option('--unsealed', 'apply the recipe step by step, though such a lab was kept with it applied')
    .addOption(portsOption())
    .addOption(
      new Option('--boot-timeout <seconds>', 'how long a node may take until it answers')
        .argParser(positiveNumber)
        .default(180),
    )
    .addOption(jsonOption());
}

/** Checks what was asked for against the template, before anything is made. */
export async function startOptions(
  context: LabContext,
  templateName: string,
  flags: StartFlags,
): Promise<StartOptions> {
  const { mode, name, pcap, bootTimeout, cold, unsealed } = flags;
  const choice = await chooseStart(context, templateName, { ...wishesOf(flags), mode });
  return { ...choice, name, pcap, bootTimeout, cold, unsealed };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It is not a number above 0.');
  return value;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It is not a whole number above 0.');
  return value;
}
