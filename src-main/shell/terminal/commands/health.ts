import { Option, type Command } from 'commander';
import { healthDrillSchema, type HealthDrill } from '../../../contract/health-drill.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption } from '../act.ts';
import { describeHealth } from '../describe-health.ts';
import { exitCodes } from '../exit-codes.ts';
import { holdCommand } from '../../hold-command.ts';
import { recover } from '../recover.ts';
import { positiveNumber } from '../start-options.ts';

interface HealthFlags {
  readonly server?: string;
  readonly seconds: number;
  readonly rate: number;
  readonly sources?: number;
}

export function addHealth(program: Command): void {
  program
    .command('health')
    .argument('<lab>', 'the name of a lab')
    .description(
      'stop the web server of a real server for a while, and tell when it is taken out and who noticed',
    )
    .option('--server <name>', 'which real server (default: the last)')
    .addOption(
      new Option('--seconds <count>', 'how long its web server is stopped')
        .argParser(positiveNumber)
        .default(20),
    )
    .addOption(
      new Option('--rate <per-second>', 'how many requests the client sends meanwhile')
        .argParser(positiveNumber)
        .default(10),
    )
    .addOption(
      new Option(
        '--sources <count>',
        'from how many addresses of the client, by turns (default: 1; 8 where the scheduler hashes)',
      ).argParser(positiveNumber),
    )
    .addOption(jsonOption())
    .action(
      act(async (given, { server, seconds, rate, sources }: HealthFlags, lab = '') => {
        await recover(given);
        const request = { verb: 'healthDrill' as const, server, seconds, ratePerSecond: rate, sources };
        const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        const drill = healthDrillSchema.parse(answer);
        given.output.emit({ lab, ...drill });
        given.output.print(describeHealth(lab, drill));
        return didItsWork(drill) ? exitCodes.done : exitCodes.notAsPromised;
      }),
    );
}

/** A checker is to take the server out and put it back in. */
function didItsWork({ checker, outMs, backMs }: HealthDrill): boolean {
  return checker === null || (outMs !== null && backMs !== null);
}
