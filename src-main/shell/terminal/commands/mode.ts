import { Option, type Command } from 'commander';
import { holdersWaySchema, type HoldersWay } from '../../../contract/holders.ts';
import { modeSwitchSchema } from '../../../contract/mode-switch.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption } from '../act.ts';
import { chooseHoldersWay } from '../choose-holders-way.ts';
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
    .addOption(
      new Option(
        '--holders <way>',
        "what else holds the old mode's kernel modules: end it, or leave it with them (default: refuse, or ask)",
      ).choices(holdersWaySchema.options),
    )
    .addOption(jsonOption())
    .action(
      act(
        async (
          given,
          { load = false, holders }: { load?: boolean; holders?: HoldersWay },
          lab = '',
          mode = '',
        ) => {
          await recover(given);
          const request = { verb: 'switch' as const, mode, underLoad: load };
          const ask = (way: HoldersWay | undefined) =>
            askLab(given.context, lab, way ? { ...request, holders: way } : request, {
              ...given.work,
              command: holdCommand,
            });
          const answer = await ask(holders).catch(async (error: unknown) => {
            const way = await chooseHoldersWay(given, error);
            if (way === undefined) throw error;
            return ask(way);
          });
          const result = modeSwitchSchema.parse(answer);
          given.output.emit({ lab, ...result });
          given.output.print(describeSwitch(lab, result));
          return undefined;
        },
      ),
    );
}
