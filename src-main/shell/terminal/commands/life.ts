import { Option, type Command } from 'commander';
import type { ControlRequest } from '../../../contract/lab-control.ts';
import { toErrorInfo } from '../../../contract/lab-error.ts';
import { nodeServiceSchema } from '../../../contract/nodes.ts';
import { resetResultSchema } from '../../../contract/reset.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { remarksOn } from '../../../lab/lab-remarks.ts';
import { listLabs } from '../../../lab/list-labs.ts';
import type { Recovery } from '../../../lab/recover-labs.ts';
import { demandLibvirt } from '../../../libvirt/virsh.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { describeRemark } from '../describe-remark.ts';
import { holdCommand } from '../../hold-command.ts';
import { recover } from '../recover.ts';

/** The verbs that change a lab which is there already. */
export function addLife(program: Command): void {
  addLabVerb(program, 'suspend', 'save a running lab to disk; its machines take no memory then').action(
    act((given, _options, lab = '') =>
      carryOut(given, lab, { verb: 'suspend' }, `The lab ${lab} is suspended.`),
    ),
  );
  addLabVerb(
    program,
    'resume',
    'go on with a suspended lab, or with the paused machines of one that is up',
  ).action(
    act((given, _options, lab = '') =>
      carryOut(given, lab, { verb: 'resume' }, `The lab ${lab} is up again.`),
    ),
  );
  addLabVerb(
    program,
    'reset',
    "throw away what was done in a lab's machines and bring them up anew, in the lab's mode and with its service",
  )
    .option('--as-made', 'with the mode, scheduler, weights and thresholds that the lab was made with, too')
    .option('--unsealed', 'apply the recipe step by step, though such a lab was kept with it applied')
    .action(
      act((given, { unsealed = false, asMade = false }: { unsealed?: boolean; asMade?: boolean }, lab = '') =>
        carryOut(given, lab, { verb: 'reset', unsealed, asMade }, (answer) => describeReset(lab, answer)),
      ),
    );
  addNodeVerbs(program);
}

interface StartOptions {
  readonly service?: boolean;
  readonly asItBoots?: boolean;
}

const serviceWords = "only what it serves with: its web server, or a director's health checker";

function addNodeVerbs(program: Command): void {
  addNodeVerb(program, 'stop', 'shut one node down; its disk and its cables stay')
    .addOption(new Option('--force', 'as by pulling its plug').conflicts('service'))
    .option('--service', serviceWords)
    .action(
      act((given, { force = false, service }: { force?: boolean; service?: boolean }, lab = '', node = '') =>
        service
          ? carryOut(given, lab, { verb: 'nodeService', node, does: 'stop' }, describeNodeService)
          : carryOut(given, lab, { verb: 'stopNode', node, force }, `${node} is stopped.`),
      ),
    );
  addNodeVerb(
    program,
    'start',
    'start a stopped or dead node, and set it up again; go on with one that is paused',
  )
    .option('--service', serviceWords)
    .option(...asItBootsOption)
    .action(
      act((given, { service, asItBoots = false }: StartOptions, lab = '', node = '') =>
        service
          ? carryOut(given, lab, { verb: 'nodeService', node, does: 'start' }, describeNodeService)
          : carryOut(
              given,
              lab,
              { verb: 'startNode', node, asItBoots },
              describeBoot(lab, `${node} is up`, asItBoots),
            ),
      ),
    );
  addNodeVerb(program, 'restart', 'stop one node, start it, and set it up again')
    .option(...asItBootsOption)
    .action(
      act((given, { asItBoots = false }: { asItBoots?: boolean }, lab = '', node = '') =>
        carryOut(
          given,
          lab,
          { verb: 'restartNode', node, asItBoots },
          describeBoot(lab, `${node} is up again`, asItBoots),
        ),
      ),
    );
  program
    .command('recover')
    .description('mend what a crash left; every start of a lab does so as well')
    .addOption(jsonOption())
    .action(
      act(async (given) => {
        const recovered = await recover(given);
        // What nobody may mend unasked, since work would be lost by it.
        const remarks = remarksOn(await listLabs(given.context));
        given.output.emit({ recovered: recovered.map(toPlain), remarks });
        for (const remark of remarks) given.output.print(describeRemark(remark));
        await demandLibvirt(given.context.connection);
        if (recovered.length + remarks.length === 0) given.output.print('There was nothing to mend.');
        return undefined;
      }),
    );
}

const asItBootsOption = [
  '--as-it-boots',
  'leave it as its disk boots it and do not apply the recipe, to see what outlives a restart',
] as const;

function describeBoot(lab: string, up: string, asItBoots: boolean): string {
  if (!asItBoots) return `${up}.`;
  return `${up}, as its disk boots it. What is missing of the recipe: lvslab drift ${lab}`;
}

function toPlain(recovery: Recovery) {
  return recovery.outcome === 'failed' ? { ...recovery, error: toErrorInfo(recovery.error) } : recovery;
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

/** What was run there, and what it said. */
function describeNodeService(answer: unknown): string {
  const { node, ran } = nodeServiceSchema.parse(answer);
  return ran
    .flatMap(({ command, output }) => [`${node}$ ${command}`, ...(output ? [output] : [])])
    .join('\n');
}

/** In which mode it is, and what a reset leaves as it is. */
function describeReset(lab: string, answer: unknown): string {
  const { mode, scheduler, kept } = resetResultSchema.parse(answer);
  const up = `The lab ${lab} is up anew in mode ${mode} with ${scheduler}`;
  if (kept === null) return `${up}; nothing is left of what was done in its machines.`;
  if (kept.length === 0) return `${up}, as it was made.`;
  return [
    `${up}; nothing is left of what was done in its machines.`,
    `Kept, since the lab was set so: ${kept.map(({ text }) => text).join(', ')}.`,
    `'lvslab reset ${lab} --as-made' takes that back too.`,
  ].join('\n');
}

async function carryOut(
  given: Act,
  lab: string,
  request: ControlRequest,
  done: string | ((answer: unknown) => string),
): Promise<undefined> {
  const began = performance.now();
  await recover(given);
  const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
  given.output.emit({
    lab,
    verb: request.verb,
    milliseconds: performance.now() - began,
    ...(request.verb === 'reset' && resetResultSchema.parse(answer)),
    ...(request.verb === 'nodeService' && nodeServiceSchema.parse(answer)),
  });
  given.output.print(typeof done === 'string' ? done : done(answer));
}
