import type { Command } from 'commander';
import { remarksOn } from '../../../lab/lab-remarks.ts';
import { listLabs } from '../../../lab/list-labs.ts';
import { demandLibvirt } from '../../../libvirt/virsh.ts';
import { act, jsonOption } from '../act.ts';
import { describeRemark } from '../describe-remark.ts';
import { table } from '../table.ts';

export function addLs(program: Command): void {
  program
    .command('ls')
    .description('list your labs and what really runs of them')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }) => {
        const labs = await listLabs(context);
        const remarks = remarksOn(labs);
        output.emit({ labs, remarks });
        if (labs.length === 0) output.print("No lab is here. 'lvslab up three-modes' starts one.");
        else {
          const rows = labs.map((lab) => [
            lab.name,
            lab.state,
            `${lab.nodesRunning}/${lab.nodes}`,
            lab.template ?? '-',
            lab.mode ?? '-',
            lab.image ?? '-',
            lab.createdAt ?? '-',
          ]);
          output.print(table(['LAB', 'STATE', 'NODES', 'TEMPLATE', 'MODE', 'IMAGE', 'SINCE'], rows));
          for (const remark of remarks) output.print(describeRemark(remark));
        }
        // What is listed is told by processes alone then: how a machine is that does not run is not known.
        await demandLibvirt(context.connection);
        return undefined;
      }),
    );
}
