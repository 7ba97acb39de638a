import { Option, type Command } from 'commander';
import {
  forgottenSchema,
  mendResultSchema,
  type Forgotten,
  type MendResult,
} from '../../../contract/mend.ts';
import { cableMendings, mendingSchema, type Mending } from '../../../contract/mend-kinds.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption } from '../act.ts';
import { holdCommand } from '../../hold-command.ts';

export function addMend(program: Command): void {
  program
    .command('mend')
    .argument('<lab>', 'the name of a lab')
    .argument('<node>', 'which node')
    .description('put a node right: apply again what does not hold on it of the recipe')
    .addOption(
      new Option(
        '--what <what>',
        'steps of the recipe; its cables; path: its cables and the client’s; reach: its machine and cables; queues (tc); drops, ip_vs that throws away on purpose',
      )
        .choices(mendingSchema.options)
        .default('steps'),
    )
    .addOption(jsonOption())
    .action(
      act(async (given, { what }: { what: Mending }, lab = '', node = '') => {
        const request = { verb: 'mend' as const, node, what };
        const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        const result = mendResultSchema.parse(answer);
        given.output.emit({ lab, ...result });
        given.output.print(describeMend(result));
        return undefined;
      }),
    );
}

export function addForgetArp(program: Command): void {
  program
    .command('forget-arp')
    .argument('<lab>', 'the name of a lab')
    .description(
      'have every machine but the director forget the MAC of the VIP, one set by hand too, so that the next request asks for it',
    )
    .addOption(jsonOption())
    .action(
      act(async (given, _options, lab = '') => {
        const request = { verb: 'forgetArp' as const };
        const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        const forgotten = forgottenSchema.parse(answer);
        given.output.emit({ lab, ...forgotten });
        given.output.print(describeForgotten(forgotten));
        return undefined;
      }),
    );
}

/** What was run to put a node right, command by command, as a person reads it. */
export function describeMend({ node, what, steps, ran, cables, started }: MendResult): string {
  const lines = [
    ...(started ? [`${node} was off, and runs.`] : []),
    ...cables.map((cable) => `${cable} is as the mode has it.`),
    ...(cableMendings.has(what) && cables.length === 0 ? ['The cables were good already.'] : []),
    ...ran.flatMap(({ node: on, title, command, exitCode, output }) => [
      `${on}: ${title}`,
      `  ran     ${command}${exitCode === 0 ? '' : ` (it ended with ${exitCode})`}`,
      ...output
        .split('\n')
        .filter(Boolean)
        .map((line) => `  said    ${line}`),
    ]),
  ];
  if (lines.length > 0) return lines.join('\n');
  return what === 'steps'
    ? `All ${steps} steps of the recipe hold on ${node}: nothing was changed.`
    : `There was nothing to mend on ${node}.`;
}

function describeForgotten({ vip, nodes }: Forgotten): string {
  return nodes
    .map(({ node, had }) =>
      had === '' ? `${node} knew no MAC of ${vip}.` : `${node} forgot what it knew of ${vip}: ${had}`,
    )
    .join('\n');
}
