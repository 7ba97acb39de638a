import { rulesFileOf } from '../family/rules-file.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import { applyScript } from './apply-script.ts';
import type { ExportFile, ExportSource } from './export-source.ts';
import { installScripts } from './install-scripts.ts';
import { undoScript } from './undo-script.ts';
import { downScript, unitFiles, unitName, upScript } from './unit-files.ts';
import { unitForm } from './unit-form.ts';
import { unitsReadme } from './units-readme.ts';

/** What was before the unit was started is as volatile as what the unit does. */
const keepFolder = '/run/lvs';

/**
 * What keeps a mode over a restart of the machines: for each node with anything to do a folder of files, each by its place
 * on the machine, with install.sh and remove.sh, POSIX scripts in which shellcheck finds nothing; and a README.md. Pure.
 */
export function exportUnits(source: ExportSource): ExportFile[] {
  const nodes = [...Map.groupBy(source.steps, ({ node }) => node)].map(([node, own]) => ({
    node,
    files: nodeFiles(source, node, own),
  }));
  return [
    { name: 'README.md', content: unitsReadme(source, nodes), mode: 0o644 },
    ...nodes.flatMap(({ node, files }) =>
      [...files, ...installScripts(files)].map((file) => ({ ...file, name: `${node}/${file.name}` })),
    ),
  ];
}

function nodeFiles(source: ExportSource, node: string, steps: readonly PlannedStep[]): ExportFile[] {
  const { plan, modeTitle } = source;
  const form = unitForm(steps, rulesFileOf(plan.guest.traits));
  const words = `${node}, ${modeTitle}, mode ${plan.mode} of ${plan.template}`;
  const frame = (does: string) => ({ head: [`${does} ${words}. Written by LVS Lab.`], keepFolder });
  const script = (place: string, content: string) => ({ name: place.slice(1), content, mode: 0o755 });
  const own = plan.nodes.find(({ name }) => name === node)?.nics ?? [];
  const nics = own.flatMap(({ name, address }) => (address === null ? [] : name));
  const turn = { node, steps: form.steps };
  return [
    ...unitFiles(form, nics, words),
    // Machines start in any order: a health check may have taken a real server out of the table by then.
    script(
      upScript,
      applyScript(frame(`Run by ${unitName} when it starts:`), [turn], { verifyAtEnd: false }),
    ),
    script(downScript, undoScript(frame(`Run by ${unitName} when it has stopped:`), form.steps)),
  ];
}
