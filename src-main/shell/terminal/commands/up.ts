import { styleText } from 'node:util';
import { Option, type Command } from 'commander';
import type { NodeAccess } from '../../../contract/lab-result.ts';
import { nodeAccess, type RunningLab } from '../../../lab/running-lab.ts';
import { startLab } from '../../../lab/start-lab.ts';
import { serveLab } from '../../../lab/owner-service.ts';
import { waysToLeave, type WayToLeave } from '../../../contract/settings.ts';
import { untilAborted } from '../../../process/until-aborted.ts';
import { act, type Act } from '../act.ts';
import { describeLosses } from '../describe-losses.ts';
import { keepTrace } from '../keep-trace.ts';
import { chooseWayToLeave, leave } from '../leave-lab.ts';
import { recover } from '../recover.ts';
import { addStartOptions, startOptions, type StartFlags } from '../start-options.ts';
import { table } from '../table.ts';

interface UpFlags extends StartFlags {
  readonly leave?: WayToLeave;
}

export function addUp(program: Command): void {
  addStartOptions(program.command('up'))
    .description('start a lab and keep it up until Ctrl-C')
    .addOption(
      new Option('--leave <way>', 'what Ctrl-C does: take it down, keep it running, or suspend it').choices(
        waysToLeave,
      ),
    )
    .action(
      act(async (given, flags: UpFlags, templateName = '') => {
        const { context, output, work } = given;
        const options = await startOptions(context, templateName, flags);
        await recover(given);
        await using trace = await keepTrace(flags.trace, output, work);
        const lab = await startLab(context, options, trace.work);
        let way: WayToLeave = 'down';
        try {
          await trace.finish();
          way = await stayUp(lab, given, flags.leave);
        } finally {
          await leave(lab, way, given);
        }
        return undefined;
      }),
    );
}

/** Until Ctrl-C, or until another process has had the lab suspended. */
async function stayUp(lab: RunningLab, given: Act, option: WayToLeave | undefined): Promise<WayToLeave> {
  const { output, work } = given;
  const { name, mode, service: virtualService } = lab.record.plan;
  await using service = await serveLab(lab);
  const nodes = nodeAccess(lab.record);
  output.emit({ event: 'ready', lab: name, mode, scheduler: virtualService.scheduler, nodes });
  output.print(describeReady(name, nodes));
  const way = await chooseWayToLeave(given, option);
  await Promise.race([lab.cables.failure, untilAborted(work.signal), service.released]);
  output.note(describeLosses(await lab.cables.labSwitch.counters()));
  return way;
}

function describeReady(name: string, nodes: readonly NodeAccess[]): string {
  const rows = nodes.map(({ name: node, role, nics, ssh }) => [
    node,
    role,
    nics.flatMap(({ ip }) => ip ?? []).join(', '),
    `ssh -i ${ssh.keyPath} -p ${ssh.port} ${ssh.user}@${ssh.host}`,
  ]);
  return [
    `\n${styleText('bold', `The lab ${name} is up.`)} Ctrl-C leaves it.\n`,
    table(['NODE', 'ROLE', 'ADDRESS', 'LOG IN WITH'], rows),
  ].join('\n');
}
