import { applyScript } from './apply-script.ts';
import type { ExportFile, ExportSource } from './export-source.ts';
import { orderTurns } from './order-turns.ts';
import { readme } from './readme.ts';
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
      script(`${node}.sh`, applyScript(source, own)),
      script(`undo-${node}.sh`, undoScript(source, node, steps)),
    ];
  });
  return [{ name: 'README.md', content: readme(source, turns), mode: 0o644 }, ...scripts];
}

function script(name: string, content: string): ExportFile {
  return { name, content, mode: 0o755 };
}
