import { Option, type Command } from 'commander';
import type { LabResult } from '../../../contract/lab-result.ts';
import { handOver } from '../../../lab/hold-lab.ts';
import { checkLoad, measureLab, type Measurement } from '../../../lab/measure-lab.ts';
import { nodeAccess, type RunningLab } from '../../../lab/running-lab.ts';
import { startLab } from '../../../lab/start-lab.ts';
import type { Sample } from '../../../traffic/sample.ts';
import { act, type Act } from '../act.ts';
import { describeResult } from '../describe-result.ts';
import { exitCodes } from '../exit-codes.ts';
import { holdCommand } from '../hold-command.ts';
import { recover } from '../recover.ts';
import { keepTrace } from '../keep-trace.ts';
import {
  addStartOptions,
  positiveNumber,
  startOptions,
  wholeNumber,
  type StartFlags,
} from '../start-options.ts';

interface RunFlags extends StartFlags {
  readonly requests: number;
  readonly concurrency: number;
  readonly rate?: number;
  readonly keep?: boolean;
}

export function addRun(program: Command): void {
  addStartOptions(program.command('run'))
    .description('start a lab, send requests from its client, tell how they were shared out, take it down')
    .addOption(new Option('--requests <count>', 'how many requests').argParser(wholeNumber).default(100))
    .addOption(new Option('--concurrency <count>', 'how many at once').argParser(wholeNumber).default(1))
    .addOption(
      new Option('--rate <per-second>', 'at most so many requests a second').argParser(positiveNumber),
    )
    .option('--keep', "leave the lab running; 'lvslab rm' removes it")
    .action(act(runOnce));
}

async function runOnce(given: Act, flags: RunFlags, templateName = ''): Promise<number> {
  const { context, output, work } = given;
  const began = performance.now();
  const options = await startOptions(context, templateName, flags);
  const { requests, concurrency, rate: ratePerSecond } = flags;
  const onSamples = (samples: readonly Sample[]) => {
    output.emit({ event: 'samples', samples });
  };
  const load = { requests, concurrency, ratePerSecond, onSamples };
  checkLoad(options.template.virtualService, load);
  await recover(given);
  await using trace = await keepTrace(flags.trace, output, work);

  const lab = await startLab(context, options, trace.work);
  let kept = false;
  try {
    const measurement = await Promise.race([lab.cables.failure, measureLab(lab, load, trace.work)]);
    const result = toResult(lab, measurement, began);
    output.print(describeResult(result, measurement, await lab.cables.labSwitch.counters()));
    if (flags.keep) {
      await handOver(lab, holdCommand);
      kept = true;
      output.note(`The lab ${result.lab} stays up: 'lvslab rm ${result.lab}' removes it.`);
    } else {
      await lab.takeDown();
    }
    await trace.finish();
    output.emit(result);
    if (asPromised(result)) return exitCodes.done;
    process.stderr.write(`${whyNotAsPromised(measurement)}\n`);
    return exitCodes.notAsPromised;
  } finally {
    if (!kept) await lab.takeDown();
  }
}

function toResult(
  lab: RunningLab,
  { result, counters, firstReplyAt }: Measurement,
  began: number,
): LabResult {
  const { name, mode, service } = lab.record.plan;
  return {
    lab: name,
    mode,
    scheduler: service.scheduler,
    timings: {
      ...lab.timings,
      firstReplyMs: firstReplyAt === null ? null : firstReplyAt - began,
      totalMs: performance.now() - began,
    },
    run: {
      requests: result.requests,
      failed: result.failed,
      byServer: result.byServer,
      sequence: [...result.sequence],
      latencyMs: result.latencyMs,
      ratePerSecond: result.ratePerSecond,
      promise: result.judgement ?? null,
    },
    counters: { conns: counters.conns, inPkts: counters.inPkts, outPkts: counters.outPkts },
    nodes: nodeAccess(lab.record),
  };
}

function whyNotAsPromised({
  result: { failed, requests, failures, sequence, judgement },
}: Measurement): string {
  const kinds = Object.entries(failures).map(([kind, count]) => `${kind} ${count}`);
  const first = `the first was number ${sequence.indexOf(null) + 1}`;
  const failing =
    failed > 0 ? `${failed} of ${requests} requests failed (${kinds.join(', ')}), ${first}. ` : '';
  return `Not as promised: ${failing}${judgement?.words ?? ''}`;
}

function asPromised({ run }: LabResult): boolean {
  return run.failed === 0 && run.promise?.verdict !== 'not-as-promised';
}
