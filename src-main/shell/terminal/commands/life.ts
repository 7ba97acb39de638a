import type { Command } from 'commander';
import type { ControlRequest } from '../../../contract/lab-control.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { holdCommand } from '../../hold-command.ts';
import { recover } from '../recover.ts';

/** The verbs that change a lab which is there already. */
export function addLife(program: Command): void {
  addLabVerb(program, 'suspend', 'save a running lab to disk; its machines take no memory then').action(
    act((given, _options, lab = '') =>
      carryOut(given, lab, { verb: 'suspend' }, `The lab ${lab} is suspended.`),
    ),
  );
  addLabVerb(program, 'resume', 'go on with a suspended lab').action(
    act((given, _options, lab = '') =>
      carryOut(given, lab, { verb: 'resume' }, `The lab ${lab} is up again.`),
    ),
  );
  addLabVerb(program, 'reset', 'bring a lab back to how it was when it was started')
    .option('--unsealed', 'apply the recipe step by step, though such a lab was kept with it applied')
    .action(
      act((given, { unsealed = false }: { unsealed?: boolean }, lab = '') =>
        carryOut(given, lab, { verb: 'reset', unsealed }, `The lab ${lab} is as it was at first.`),
      ),
    );
  addNodeVerb(program, 'stop', 'shut one node down; its disk and its cables stay')
    .option('--force', 'as by pulling its plug')
    .action(
      act((given, { force }: { force?: boolean }, lab = '', node = '') =>
        carryOut(given, lab, { verb: 'stopNode', node, force: force ?? false }, `${node} is stopped.`),
      ),
    );
  addNodeVerb(program, 'start', 'start a stopped or dead node, and set it up again').action(
    act((given, _options, lab = '', node = '') =>
      carryOut(given, lab, { verb: 'startNode', node }, `${node} is up.`),
    ),
  );
  addNodeVerb(program, 'restart', 'stop one node and start it').action(
    act((given, _options, lab = '', node = '') =>
      carryOut(given, lab, { verb: 'restartNode', node }, `${node} is up again.`),
    ),
  );
  program
    .command('recover')
    .description('mend what a crash left; every start of a lab does so as well')
    .addOption(jsonOption())
    .action(
      act(async (given) => {
        const recovered = await recover(given);
        given.output.emit({ recovered });
        if (recovered.length === 0) given.output.print('There was nothing to mend.');
        return undefined;
      }),
    );
}

function addLabVerb(program: Command, verb: string, description: string): Command {
  return program
    .command(verb)
    .argument('<lab>', 'the name of a lab')
    .description(description)
    .addOption(jsonOption());
}

function addNodeVerb(program: Command, verb: string, description: string): Command {
  return addLabVerb(program, verb, description).argument('<node>', 'the name of one of its nodes');
}

async function carryOut(given: Act, lab: string, request: ControlRequest, done: string): Promise<undefined> {
  const began = performance.now();
  await recover(given);
  await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
  given.output.emit({ lab, verb: request.verb, milliseconds: performance.now() - began });
  given.output.print(done);
}
