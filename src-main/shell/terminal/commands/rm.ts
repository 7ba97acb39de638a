import type { Command } from 'commander';
import { LabError } from '../../../contract/lab-error.ts';
import { removableLabs, removeLab } from '../../../lab/remove-lab.ts';
import { act, jsonOption } from '../act.ts';

export function addRm(program: Command): void {
  program
    .command('rm')
    .argument('[lab]', 'the name of a lab')
    .description('remove a lab: the process that runs it, its virtual machines, its files')
    .option('--all', 'remove every lab of yours')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output, work }, { all }: { all?: boolean }, name) => {
        if ((name === undefined) === !all) {
          throw new LabError('bad-input', 'Name one lab, or say --all.', {
            remedy: "'lvslab ls' shows your labs.",
          });
        }
        const names = name === undefined ? await removableLabs(context) : [name];
        for (const lab of names) await removeLab(context, lab, work);
        output.emit({ removed: names });
        if (names.length === 0) output.print('There was no lab to remove.');
        return undefined;
      }),
    );
}
