import type { Command } from 'commander';
import { modeSwitchSchema } from '../../../contract/mode-switch.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption } from '../act.ts';
import { describeSwitch } from '../describe-switch.ts';
import { holdCommand } from '../../hold-command.ts';
import { recover } from '../recover.ts';

export function addMode(program: Command): void {
  program
    .command('mode')
    .argument('<lab>', 'the name of a lab')
    .argument('<mode>', 'the mode to take it to, such as nat, dr or tun')
    .description('take a running lab to another mode, on the same machines')
    .option('--load', 'send requests meanwhile, and tell how long they went unanswered')
    .addOption(jsonOption())
    .action(
      act(async (given, { load = false }: { load?: boolean }, lab = '', mode = '') => {
        await recover(given);
        const request = { verb: 'switch' as const, mode, underLoad: load };
        const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        const result = modeSwitchSchema.parse(answer);
        given.output.emit({ lab, ...result });
        given.output.print(describeSwitch(lab, result));
        return undefined;
      }),
    );
}
