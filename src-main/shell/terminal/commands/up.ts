import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { NodeAccess } from '../../../contract/lab-result.ts';
import { nodeAccess } from '../../../lab/running-lab.ts';
import { startLab } from '../../../lab/start-lab.ts';
import { untilAborted } from '../../../process/until-aborted.ts';
import { act } from '../act.ts';
import { describeLosses } from '../describe-losses.ts';
import { keepTrace } from '../keep-trace.ts';
import { addStartOptions, startOptions, type StartFlags } from '../start-options.ts';
import { table } from '../table.ts';

export function addUp(program: Command): void {
  addStartOptions(program.command('up'))
    .description('start a lab and keep it up until Ctrl-C, which takes it down and leaves nothing')
    .action(
      act(async ({ context, output, work }, flags: StartFlags, templateName = '') => {
        const options = await startOptions(context, templateName, flags);
        await using trace = await keepTrace(flags.trace, output, work);
        const lab = await startLab(context, options, trace.work);
        try {
          await trace.finish();
          const { name, mode, service } = lab.record.plan;
          const nodes = nodeAccess(lab.record);
          output.emit({ event: 'ready', lab: name, mode, scheduler: service.scheduler, nodes });
          output.print(describeReady(name, nodes));
          await Promise.race([lab.cables.failure, untilAborted(work.signal)]);
          output.note(describeLosses(await lab.cables.labSwitch.counters()));
        } finally {
          await lab.takeDown();
        }
        output.emit({ event: 'down', lab: lab.record.plan.name });
        output.note(`The lab ${lab.record.plan.name} is down; nothing of it is left.`);
        return undefined;
      }),
    );
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
