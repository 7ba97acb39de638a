import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ServiceChanges } from '../../contract/service-changes.ts';

/** What is asked to be changed of a virtual service. */
export interface ServiceFlags {
  readonly scheduler?: string;
  readonly weight?: Readonly<Record<string, number>>;
  readonly persistent?: number | 'off';
  readonly netmask?: string;
  readonly flags?: readonly string[];
  readonly upper?: Readonly<Record<string, number>>;
  readonly lower?: Readonly<Record<string, number>>;
  readonly timeouts?: Required<NonNullable<ServiceChanges['timeouts']>>;
}

type ByServer = Readonly<Record<string, number>>;

export function addServiceOptions(command: Command): Command {
  const byServer = (flags: string, words: string) =>
    new Option(flags, words).argParser<ByServer | undefined>((text, before) => ({
      ...before,
      ...parseByServer(text),
    }));
  return command
    .option('--scheduler <name>', "one that 'lvslab schedulers' names")
    .addOption(byServer('--weight <server=number...>', 'of a real server; 0 keeps new connections away'))
    .addOption(
      new Option(
        '--persistent <seconds>',
        'how long a client stays with its real server; off ends it',
      ).argParser((text) => (text === 'off' ? text : parseCount(text))),
    )
    .option('--netmask <mask>', 'clients of one such net count as one for persistence; off ends it')
    .addOption(
      new Option('--flags <list>', "the scheduler's, such as sh-port,sh-fallback; off for none").argParser(
        (text) => (text === 'off' ? [] : text.split(',').map((flag) => flag.trim())),
      ),
    )
    .addOption(byServer('--upper <server=number...>', 'no new connections above so many; 0 is no bound'))
    .addOption(byServer('--lower <server=number...>', 'new connections again below so many'))
    .addOption(
      new Option(
        '--timeouts <tcp,tcpfin,udp>',
        'for how long idle connections are kept, in seconds',
      ).argParser(parseTimeouts),
    );
}

/** Nothing where nothing was asked. */
export function changesOf(asked: ServiceFlags): ServiceChanges {
  const { scheduler, weight, persistent, netmask, flags, upper, lower, timeouts } = asked;
  return {
    ...(scheduler !== undefined && { scheduler }),
    ...(weight && { weights: { ...weight } }),
    ...(persistent !== undefined && { persistentSeconds: persistent === 'off' ? null : persistent }),
    ...(netmask !== undefined && { netmask: netmask === 'off' ? null : netmask }),
    ...(flags && { schedulerFlags: [...flags] }),
    ...(upper && { upper: { ...upper } }),
    ...(lower && { lower: { ...lower } }),
    ...(timeouts && { timeouts }),
  };
}

/** `rs1=2`; several with commas. */
function parseByServer(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [, name, number] = /^([^=]+)=(\d+)$/.exec(pair.trim()) ?? [];
      if (name === undefined || number === undefined)
        throw new InvalidArgumentError('It is not of the form server=number.');
      return [name, Number(number)];
    }),
  );
}

function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

function parseTimeouts(text: string): NonNullable<ServiceFlags['timeouts']> {
  const parts = text.split(',').map((part) => parseCount(part.trim()));
  const [tcp, tcpFin, udp] = parts;
  if (parts.length !== 3 || tcp === undefined || tcpFin === undefined || udp === undefined)
    throw new InvalidArgumentError('It is not three numbers, such as 900,120,300.');
  return { tcp, tcpFin, udp };
}
