import { Option, type Command } from 'commander';
import { observationSchema, type Observation } from '../../../contract/observation.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { describeClaims } from '../describe-claims.ts';
import { describeStory } from '../describe-story.ts';
import { exitCodes } from '../exit-codes.ts';
import { holdCommand } from '../../hold-command.ts';
import { wholeNumber } from '../start-options.ts';

/** `verify` and `trace`: both send requests and watch them on every wire. */
export function addVerify(program: Command): void {
  addObservation(program, 'verify', 20)
    .description("prove or refute what the lab's mode claims, by frames, counters and the guests' own state")
    .action(
      act(async (given, { requests }: { requests: number }, lab = '') => {
        const observation = await observe(given, lab, requests);
        given.output.emit(observation);
        given.output.print(describeClaims(observation));
        const refuted = observation.claims.some(({ verdict }) => verdict === 'refuted');
        return refuted ? exitCodes.notAsPromised : exitCodes.done;
      }),
    );
  addObservation(program, 'trace', 1)
    .description('send a request and tell its story, hop by hop')
    .action(
      act(async (given, { requests }: { requests: number }, lab = '') => {
        const observation = await observe(given, lab, requests);
        given.output.emit(observation);
        given.output.print(
          observation.stories.map((story) => describeStory(story, observation)).join('\n\n'),
        );
        return observation.failed === 0 ? exitCodes.done : exitCodes.notAsPromised;
      }),
    );
}

function addObservation(program: Command, name: string, requests: number): Command {
  return program
    .command(name)
    .argument('<lab>', 'the name of a lab')
    .addOption(new Option('--requests <count>', 'how many requests').argParser(wholeNumber).default(requests))
    .addOption(jsonOption());
}

async function observe(given: Act, lab: string, requests: number): Promise<Observation> {
  const request = { verb: 'observe' as const, requests };
  return observationSchema.parse(
    await askLab(given.context, lab, request, { ...given.work, command: holdCommand }),
  );
}
