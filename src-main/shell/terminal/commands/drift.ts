import type { Command } from 'commander';
import { driftReportSchema, type DriftReport } from '../../../contract/drift.ts';
import { askLab } from '../../../lab/ask-lab.ts';
import { act, jsonOption } from '../act.ts';
import { exitCodes } from '../exit-codes.ts';
import { holdCommand } from '../../hold-command.ts';

export function addDrift(program: Command): void {
  program
    .command('drift')
    .argument('<lab>', 'the name of a lab')
    .description('tell where the guests have not what the recipe wants')
    .addOption(jsonOption())
    .action(
      act(async (given, _options, lab = '') => {
        const request = { verb: 'drift' as const };
        const answer = await askLab(given.context, lab, request, { ...given.work, command: holdCommand });
        const report = driftReportSchema.parse(answer);
        given.output.emit({ lab, ...report });
        given.output.print(describeDrift(report));
        return report.drift.length === 0 ? exitCodes.done : exitCodes.notAsPromised;
      }),
    );
}

function describeDrift({ mode, steps, drift }: DriftReport): string {
  if (drift.length === 0) return `All ${steps} steps of ${mode} hold.`;
  const lines = drift.flatMap(({ node, title, why, has, hint, commands }) => [
    `${node}: ${title}`,
    `  asked   ${why}`,
    ...has.map((line) => `  has     ${line}`),
    ...(hint === null ? [] : [`  note    ${hint.text}`]),
    ...commands.map((command) => `  mend    ${command}`),
  ]);
  return [...lines, '', `${drift.length} of ${steps} steps of ${mode} do not hold.`].join('\n');
}
