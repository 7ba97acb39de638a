import { InvalidArgumentError, Option, type Command } from 'commander';
import type { FrameFilter } from '../../contract/frame-filter.ts';
import type { DirectionImpairment, Impairment } from '../../contract/impairment.ts';
import { frameFilterWords, parseFrameFilter } from '../../wire/frame-filter-text.ts';

/** What is wrong with a cable, as it is told on the command line. */
export interface ImpairmentFlags {
  readonly cut?: boolean;
  readonly delay?: NonNullable<DirectionImpairment['delay']>;
  readonly loss?: number;
  readonly rate?: NonNullable<DirectionImpairment['rate']>;
  readonly drop?: readonly FrameFilter[];
  readonly direction: 'from' | 'to' | 'both';
  readonly seed?: number;
}

export function addImpairmentOptions(command: Command): Command {
  return command
    .option('--cut', 'nothing passes either way')
    .addOption(
      new Option('--delay <ms[~jitter]>', 'hold frames back, such as 20 or 20~5').argParser(readDelay),
    )
    .addOption(new Option('--loss <percent>', 'lose so many of a hundred frames').argParser(readLoss))
    .addOption(new Option('--rate <rate>', 'bits a second, such as 500k or 2M').argParser(readRate))
    .addOption(
      new Option(
        '--drop <filter>',
        `drop frames that match (repeatable): words such as ${frameFilterWords.join(' ')}`,
      ).argParser((text, sofar?: readonly FrameFilter[]) => [...(sofar ?? []), parseFrameFilter(text)]),
    )
    .addOption(
      new Option('--direction <way>', 'of frames that the NIC sends (from), that come to it (to), or both')
        .choices(['from', 'to', 'both'])
        .default('both'),
    )
    .addOption(
      new Option('--seed <number>', 'the same seed loses the same frames again').argParser(readSeed),
    );
}

/** @returns undefined when nothing is to be wrong with the cable. */
export function impairmentOf(flags: ImpairmentFlags): Impairment | undefined {
  const { cut, direction, seed } = flags;
  const way = wayOf(flags);
  const any = Object.keys(way).length > 0;
  if (!any && !cut) return undefined;
  return {
    ...(cut && { cut }),
    ...(any && direction !== 'to' && { from: way }),
    ...(any && direction !== 'from' && { to: way }),
    ...(seed !== undefined && { seed }),
  };
}

function wayOf({ delay, loss, rate, drop }: ImpairmentFlags): DirectionImpairment {
  return {
    ...(delay && { delay }),
    ...(loss !== undefined && { loss }),
    ...(rate && { rate }),
    ...(drop && { drop: [...drop] }),
  };
}

function readDelay(text: string): NonNullable<DirectionImpairment['delay']> {
  const [, ms, jitter] = /^(\d+(?:\.\d+)?)(?:~(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (ms === undefined) throw new InvalidArgumentError('It is not milliseconds, such as 20 or 20~5.');
  return { ms: Number(ms), ...(jitter !== undefined && { jitterMs: Number(jitter) }) };
}

function readLoss(text: string): number {
  const percent = Number(text.replace(/%$/, ''));
  if (text !== '' && percent >= 0 && percent <= 100) return percent / 100;
  throw new InvalidArgumentError('It is not a number from 0 to 100.');
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };

function readRate(text: string): NonNullable<DirectionImpairment['rate']> {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? [];
  const bitsPerSecond = Number(number) * (units[unit] ?? 1);
  if (bitsPerSecond >= 1) return { bitsPerSecond };
  throw new InvalidArgumentError('It is not bits a second, such as 500k or 2M.');
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (text !== '' && Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff) return seed;
  throw new InvalidArgumentError('It is not a whole number from 0 to 4294967295.');
}
