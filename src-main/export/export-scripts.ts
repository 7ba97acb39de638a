import { applyScript } from './apply-script.ts';
import type { ExportFile, ExportSource } from './export-source.ts';
import { orderTurns } from './order-turns.ts';
import { readme } from './readme.ts';
import { keepFolder } from './script-parts.ts';
import { undoScript } from './undo-script.ts';

/**
 * What sets a lab up by hand: for each node with anything to do `NODE.sh` and `undo-NODE.sh`, POSIX shell scripts that
 * shellcheck finds nothing in, and a README.md with their order and the nodes' addresses. Pure.
 */
export function exportScripts(source: ExportSource): ExportFile[] {
  const turns = orderTurns(source.steps);
  const scripts = [...Map.groupBy(turns, ({ node }) => node)].flatMap(([node, own]) => {
    const steps = own.flatMap((turn) => turn.steps);
    return [
      script(
        `${node}.sh`,
        applyScript({ head: applyHead(source, node, own.length), keepFolder }, own, { verifyAtEnd: true }),
      ),
      script(`undo-${node}.sh`, undoScript({ head: undoHead(source, node), keepFolder }, steps)),
    ];
  });
  return [{ name: 'README.md', content: readme(source, turns), mode: 0o644 }, ...scripts];
}

function script(name: string, content: string): ExportFile {
  return { name, content, mode: 0o755 };
}

function applyHead({ plan, modeTitle }: ExportSource, node: string, turns: number): string[] {
  const call =
    turns > 1 ? `${node}.sh TURN, with the numbers 1 to ${turns} when README.md says so` : `${node}.sh`;
  return [
    `Sets up ${node}: ${modeTitle}, mode ${plan.mode} of ${plan.template}. Written by LVS Lab.`,
    'README.md tells in which order the scripts of all nodes are run, and with which addresses.',
    `As root: sh ${call}`,
    `sh ${node}.sh --dry-run prints the commands and runs none; undo-${node}.sh takes back what was changed.`,
  ];
}

function undoHead({ plan, modeTitle }: ExportSource, node: string): string[] {
  return [
    `Takes back what ${node}.sh changed: ${modeTitle}, mode ${plan.mode} of ${plan.template}. Written by LVS Lab.`,
    `As root: sh undo-${node}.sh`,
    `sh undo-${node}.sh --dry-run prints the commands and runs none.`,
  ];
}
