import type { Command } from 'commander';
import { diskUse } from '../../../lab/disk-use.ts';
import { act, jsonOption } from '../act.ts';
import { table } from '../table.ts';

export function addDu(program: Command): void {
  program
    .command('du')
    .description('tell what images, warm states and labs take on disk')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }) => {
        const uses = await diskUse(context.dataFolder);
        const total = uses.reduce((sum, { bytes }) => sum + bytes, 0);
        output.emit({ uses, total });
        const rows = uses.map(({ kind, name, bytes }) => [kind, name, mebibytes(bytes)]);
        output.print(table(['WHAT', 'NAME', 'ON DISK'], [...rows, ['total', '', mebibytes(total)]]));
        return undefined;
      }),
    );
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
