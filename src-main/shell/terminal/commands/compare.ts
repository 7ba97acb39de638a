import { Option, type Command } from 'commander';
import type { Comparison } from '../../../contract/comparison.ts';
import type { CompareOptions } from '../../../lab/compare/compare-modes.ts';
import { checkComparison, compareNewLab } from '../../../lab/compare/compare-new-lab.ts';
import { act, type Act } from '../act.ts';
import { describeComparison } from '../describe-comparison.ts';
import { exitCodes } from '../exit-codes.ts';
import { keepTrace } from '../keep-trace.ts';
import { sourcesOption } from '../load-options.ts';
import { recover } from '../recover.ts';
import { checkReportFile, reportOption, writeReportFile } from '../report-file.ts';
import { addStartOptions, startOptions, wholeNumber, type StartFlags } from '../start-options.ts';

interface CompareFlags extends StartFlags {
  readonly modes?: string;
  readonly schedulers?: string;
  readonly requests: number;
  readonly rounds: number;
  readonly concurrency: number;
  readonly sources?: number;
  readonly report?: string;
}

export function addCompare(program: Command): void {
  addStartOptions(program.command('compare'))
    .description('put the same load on a lab in each mode, in turns, and tell what differs')
    .option('--modes <list>', 'which, such as nat,dr,tun (default: all of the template)')
    .option('--schedulers <list>', 'each in every mode, such as rr,wrr,sh (default: the one of the lab)')
    .addOption(
      new Option('--requests <count>', 'how many in each mode and round').argParser(wholeNumber).default(100),
    )
    .addOption(
      new Option('--rounds <count>', 'how often each mode has its turn').argParser(wholeNumber).default(3),
    )
    .addOption(new Option('--concurrency <count>', 'requests at once').argParser(wholeNumber).default(1))
    .addOption(sourcesOption())
    .addOption(reportOption())
    .action(act(compare));
}

async function compare(given: Act, flags: CompareFlags, templateName = ''): Promise<number> {
  const { context, output, work } = given;
  const options = await startOptions(context, templateName, flags);
  const { template } = options;
  const { requests, rounds, concurrency, sources } = flags;
  const modes = listOf(flags.modes) ?? Object.keys(template.modes);
  const schedulers = listOf(flags.schedulers);
  const wanted: CompareOptions = { modes, schedulers, rounds, requests, concurrency, sources };
  checkComparison(template, wanted);
  await checkReportFile(flags.report);
  await recover(given);
  await using trace = await keepTrace(flags.trace, output, work);
  const comparison = await compareNewLab(context, options, wanted, trace.work, ({ record }) =>
    writeReportFile(context, record.plan.name, flags.report, given),
  );
  await trace.finish();
  output.emit(comparison);
  output.print(describeComparison(comparison));
  return asClaimed(comparison) ? exitCodes.done : exitCodes.notAsPromised;
}

/** Names with commas between them, each once. */
function listOf(text: string | undefined): string[] | undefined {
  const names = text?.split(',').map((name) => name.trim());
  return names && [...new Set(names.filter(Boolean))];
}

function asClaimed({ entries }: Comparison): boolean {
  return entries.every(
    ({ failed, promise, claims }) =>
      failed === 0 &&
      promise?.verdict !== 'not-as-promised' &&
      claims.every(({ verdict }) => verdict !== 'refuted'),
  );
}
