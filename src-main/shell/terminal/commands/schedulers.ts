import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { OfferedSchedulers } from '../../../contract/ipvs.ts';
import { withDirector } from '../../../lab/with-director.ts';
import { probeSchedulers } from '../../../ipvs/probe-schedulers.ts';
import { act, jsonOption } from '../act.ts';

export function addSchedulers(program: Command): void {
  program
    .command('schedulers')
    .argument('<lab>', 'the name of a lab')
    .description(
      "tell which schedulers the director's kernel offers, what each does, and what a run must show",
    )
    .addOption(jsonOption())
    .action(
      act(async ({ context, output, work: { signal } }, _options, lab = '') => {
        const offered = await withDirector(context, lab, signal, (director) =>
          probeSchedulers(director, signal),
        );
        output.emit({ lab, ...offered });
        output.print(describeSchedulers(offered));
        return undefined;
      }),
    );
}

function describeSchedulers({ kernel, schedulers }: OfferedSchedulers): string {
  const lines = schedulers.flatMap(({ name, as, info }) => [
    `${styleText('bold', name.padEnd(6))} ${info?.title ?? 'not known to LVS Lab'} (${as})`,
    ...(info
      ? [
          `       ${info.does.text}`,
          `       Predicts: ${info.predicts}`,
          ...(info.parameters.length > 0 ? [`       Takes: ${info.parameters.join('; ')}`] : []),
        ]
      : []),
  ]);
  return [...lines, '', `${schedulers.length} schedulers of Linux ${kernel}.`].join('\n');
}
