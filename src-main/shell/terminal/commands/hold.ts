import type { Command } from 'commander';
import { holdLab } from '../../../lab/hold-lab.ts';
import { act } from '../act.ts';

export function addHold(program: Command): void {
  program
    .command('hold')
    .argument('<lab>', 'the name of a lab')
    .description('run the switch of a lab whose own process has gone, until Ctrl-C; the lab stays')
    .action(
      act(async ({ context, output, work }, _options, name = '') => {
        output.note(`Holding the cables of ${name}.`);
        await holdLab(context, name, work.signal);
        return undefined;
      }),
    );
}
