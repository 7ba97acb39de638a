import type { Command } from 'commander';
import type { LabResult } from '../../../contract/lab-result.ts';
import { handOver } from '../../../lab/hold-lab.ts';
import { toLoadRun } from '../../../lab/load-run.ts';
import { journalLoad } from '../../../lab/journal-load.ts';
import { checkLoad, type Measurement } from '../../../lab/measure-lab.ts';
import { nodeAccess, type RunningLab } from '../../../lab/running-lab.ts';
import { startLab } from '../../../lab/start-lab.ts';
import type { Sample } from '../../../traffic/sample.ts';
import { act, type Act } from '../act.ts';
import { describeResult } from '../describe-result.ts';
import { holdCommand } from '../../hold-command.ts';
import { recover } from '../recover.ts';
import { checkReportFile, reportOption, writeReportFile } from '../report-file.ts';
import { keepTrace } from '../keep-trace.ts';
import { noteLinger } from '../note-linger.ts';
import { addLoadOptions, endOfLoad, loadOf, type LoadFlags } from '../load-options.ts';
import { addStartOptions, startOptions, type StartFlags } from '../start-options.ts';

interface RunFlags extends StartFlags, LoadFlags {
  readonly keep?: boolean;
  readonly report?: string;
}

export function addRun(program: Command): void {
  addLoadOptions(addStartOptions(program.command('run')))
    .description('start a lab, send requests from its client, tell how they were shared out, take it down')
    .option('--keep', "leave the lab running; 'lvslab rm' removes it")
    .addOption(reportOption())
    .action(act(runOnce));
}

async function runOnce(given: Act, flags: RunFlags, templateName = ''): Promise<number> {
  const { context, output, work } = given;
  const began = performance.now();
  const options = await startOptions(context, templateName, flags);
  const onSamples = (samples: readonly Sample[]) => {
    output.emit({ event: 'samples', samples });
  };
  const load = { ...loadOf(flags), onSamples };
  checkLoad(options.template.virtualService, load);
  await checkReportFile(flags.report);
  await recover(given);
  await using trace = await keepTrace(flags.trace, output, work);

  const lab = await startLab(context, options, trace.work);
  let kept = false;
  try {
    const { measurement } = await Promise.race([lab.cables.failure, journalLoad(lab, load, trace.work)]);
    const result = toResult(lab, measurement, began);
    output.print(describeResult(result, measurement, await lab.cables.labSwitch.counters()));
    await writeReportFile(context, result.lab, flags.report, given);
    if (flags.keep) {
      await handOver(lab, holdCommand);
      kept = true;
      output.note(`The lab ${result.lab} stays up: 'lvslab rm ${result.lab}' removes it.`);
      noteLinger(given);
    } else {
      await lab.takeDown();
    }
    await trace.finish();
    output.emit(result);
    return endOfLoad(result.run);
  } finally {
    if (!kept) await lab.takeDown();
  }
}

function toResult(
  lab: RunningLab,
  { result, schedule, counters, firstReplyAt }: Measurement,
  began: number,
): LabResult {
  const { name, mode } = lab.record.plan;
  return {
    lab: name,
    mode,
    scheduler: schedule.scheduler,
    timings: {
      ...lab.timings,
      firstReplyMs: firstReplyAt === null ? null : firstReplyAt - began,
      totalMs: performance.now() - began,
    },
    run: toLoadRun(result, lab.record.plan),
    counters: { conns: counters.conns, inPkts: counters.inPkts, outPkts: counters.outPkts },
    nodes: nodeAccess(lab.record),
  };
}
