import type { PlannedStep } from '../../plan/plan-recipe.ts';
import type { SwitchPlan } from '../../plan/plan-switch.ts';

interface Style {
  /** Put before each step. */
  readonly sign: string;
  readonly classic?: boolean | undefined;
}

/** A step, with how it is kept over a restart where that is to be told. */
export interface ToldStep extends PlannedStep {
  readonly keep?: readonly string[];
}

/** Steps by node, each with its commands. */
export function describeSteps(steps: readonly ToldStep[], { sign, classic = false }: Style): string {
  return [...Map.groupBy(steps, ({ node }) => node)]
    .map(([node, own]) =>
      [
        node,
        ...own.flatMap((step) => {
          const old = classic && step.classic.length > 0;
          return [
            `  ${sign}${step.title.en}`,
            ...commandLines(old ? step.classic : step.commands),
            ...keptLines(step),
          ];
        }),
      ].join('\n'),
    )
    .join('\n\n');
}

/** What a plan does is gone when a machine restarts: where that is to be had which stays. */
export function describeUnits(template: string, mode: string): string {
  return `As files that outlive a restart: lvslab export units ${template} --mode ${mode} -o FOLDER`;
}

/** What a switch of mode would do: cables, what is undone, how much stays, what is applied. */
export function describeSwitchPlan(
  { moves, undo, keep, apply }: Omit<SwitchPlan, 'apply'> & { readonly apply: readonly ToldStep[] },
  { classic }: { readonly classic?: boolean | undefined },
): string {
  const cables = moves.map(
    ({ node, nic, from, to }) => `  ${node} ${nic}: ${from ?? 'no segment'} → ${to ?? 'no segment'}`,
  );
  const undone = [...Map.groupBy(undo, ({ node }) => node)].map(([node, own]) =>
    [node, ...own.flatMap(({ id, undo: lines }) => [`  - ${id}`, ...commandLines(lines)])].join('\n'),
  );
  return [
    ['Cables', ...(cables.length > 0 ? cables : ['  none move'])].join('\n'),
    `Undone\n\n${undone.join('\n\n')}`,
    `Kept: ${keep.length} steps that both modes have.`,
    `Applied\n\n${describeSteps(apply, { sign: '+ ', classic })}`,
  ].join('\n\n');
}

function keptLines({ keep = [] }: ToldStep): string[] {
  return keep.length > 0 ? ['      over a restart:', ...commandLines(keep)] : [];
}

/** What undo takes from the guest is not known before. */
function asKnown(line: string): string {
  return line.replace(/\{before\.(\w+)\}/g, '<what it was>');
}

function commandLines(commands: readonly string[]): string[] {
  return commands.flatMap((command) =>
    asKnown(command)
      .trimEnd()
      .split('\n')
      .map((line, index) => `${index === 0 ? '      $ ' : '        '}${line}`),
  );
}
