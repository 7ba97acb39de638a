import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { NodeAccess } from '../../../contract/lab-result.ts';
import { nodeAccess, type RunningLab } from '../../../lab/running-lab.ts';
import { startLab } from '../../../lab/start-lab.ts';
import { serveLab } from '../../../lab/owner-service.ts';
import { untilAborted } from '../../../process/until-aborted.ts';
import { act, type Act } from '../act.ts';
import { describeLosses } from '../describe-losses.ts';
import { keepTrace } from '../keep-trace.ts';
import { recover } from '../recover.ts';
import { addStartOptions, startOptions, type StartFlags } from '../start-options.ts';
import { table } from '../table.ts';

export function addUp(program: Command): void {
  addStartOptions(program.command('up'))
    .description('start a lab and keep it up until Ctrl-C, which takes it down and leaves nothing')
    .action(
      act(async (given, flags: StartFlags, templateName = '') => {
        const { context, output, work } = given;
        const options = await startOptions(context, templateName, flags);
        await recover(given);
        await using trace = await keepTrace(flags.trace, output, work);
        const lab = await startLab(context, options, trace.work);
        try {
          await trace.finish();
          await stayUp(lab, given);
        } finally {
          await (lab.record.state === 'suspended' ? lab.letGo() : lab.takeDown());
        }
        const { name } = lab.record.plan;
        const suspended = lab.record.state === 'suspended';
        output.emit({ event: suspended ? 'suspended' : 'down', lab: name });
        output.note(
          suspended
            ? `The lab is suspended: 'lvslab resume ${name}' goes on with it.`
            : `The lab ${name} is down; nothing of it is left.`,
        );
        return undefined;
      }),
    );
}

/** Until Ctrl-C, or until another process has had the lab suspended. */
async function stayUp(lab: RunningLab, { output, work }: Act): Promise<void> {
  const { name, mode, service: virtualService } = lab.record.plan;
  await using service = await serveLab(lab);
  const nodes = nodeAccess(lab.record);
  output.emit({ event: 'ready', lab: name, mode, scheduler: virtualService.scheduler, nodes });
  output.print(describeReady(name, nodes));
  await Promise.race([lab.cables.failure, untilAborted(work.signal), service.suspended]);
  output.note(describeLosses(await lab.cables.labSwitch.counters()));
}

function describeReady(name: string, nodes: readonly NodeAccess[]): string {
  const rows = nodes.map(({ name: node, role, nics, ssh }) => [
    node,
    role,
    nics.flatMap(({ ip }) => ip ?? []).join(', '),
    `ssh -i ${ssh.keyPath} -p ${ssh.port} ${ssh.user}@${ssh.host}`,
  ]);
  return [
    `\n${styleText('bold', `The lab ${name} is up.`)} Ctrl-C takes it down.\n`,
    table(['NODE', 'ROLE', 'ADDRESS', 'LOG IN WITH'], rows),
  ].join('\n');
}
