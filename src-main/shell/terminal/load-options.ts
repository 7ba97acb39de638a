import { Option, type Command } from 'commander';
import type { LoadRequest, LoadRun } from '../../contract/load.ts';
import { exitCodes } from './exit-codes.ts';
import { positiveNumber, wholeNumber } from './start-options.ts';

/** The options of a load. */
export interface LoadFlags {
  readonly requests: number;
  readonly concurrency: number;
  readonly rate?: number;
  readonly sources?: number;
}

export const sourcesOption = () =>
  new Option('--sources <count>', 'from so many addresses of the client, by turns').argParser(wholeNumber);

export function addLoadOptions(command: Command): Command {
  return command
    .addOption(new Option('--requests <count>', 'how many requests').argParser(wholeNumber).default(100))
    .addOption(new Option('--concurrency <count>', 'how many at once').argParser(wholeNumber).default(1))
    .addOption(
      new Option('--rate <per-second>', 'at most so many requests a second').argParser(positiveNumber),
    )
    .addOption(sourcesOption());
}

export function loadOf({ requests, concurrency, rate, sources }: LoadFlags): LoadRequest {
  return {
    ...{ requests, concurrency },
    ...(rate !== undefined && { ratePerSecond: rate }),
    ...(sources !== undefined && { sources }),
  };
}

/** Says on standard error what was not as promised. @returns The exit code. */
export function endOfLoad(run: LoadRun): number {
  const { failed, requests, failures, sequence, promise } = run;
  if (failed === 0 && promise?.verdict !== 'not-as-promised') return exitCodes.done;
  const kinds = Object.entries(failures).map(([kind, count]) => `${kind} ${count}`);
  const first = `the first was number ${sequence.indexOf(null) + 1}`;
  const failing =
    failed > 0 ? `${failed} of ${requests} requests failed (${kinds.join(', ')}), ${first}. ` : '';
  process.stderr.write(`Not as promised: ${failing}${promise?.words.text ?? ''}\n`);
  return exitCodes.notAsPromised;
}
