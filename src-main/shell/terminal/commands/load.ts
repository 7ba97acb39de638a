import type { Command } from 'commander';
import { loadResultSchema } from '../../../contract/load.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption } from '../act.ts';
import { describeLoad } from '../describe-result.ts';
import { holdCommand } from '../../hold-command.ts';
import { addLoadOptions, endOfLoad, loadOf, type LoadFlags } from '../load-options.ts';
import { recover } from '../recover.ts';

export function addLoad(program: Command): void {
  addLoadOptions(program.command('load').argument('<lab>', 'the name of a lab'))
    .description('send requests from the client of a running lab, and tell how they were shared out')
    .addOption(jsonOption())
    .action(
      act(async (given, flags: LoadFlags, lab = '') => {
        await recover(given);
        const request = { verb: 'load' as const, load: loadOf(flags) };
        const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        const result = loadResultSchema.parse(answer);
        given.output.emit(result);
        given.output.print([...describeLoad(result), '', result.tables, ''].join('\n'));
        return endOfLoad(result.run);
      }),
    );
}
