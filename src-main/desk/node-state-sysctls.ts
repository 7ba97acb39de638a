import type { PlannedStep } from '../plan/plan-recipe.ts';

/** `NAME=VALUE` as an argument of sysctl -w; a value in quotes is none that LVS asks for. */
const setting = /^([a-z][\w.-]*)=([\w.-]+)$/;

/**
 * The kernel settings that a recipe makes on a node: those of its steps' `sysctl -w` commands, the last one of a name.
 * Pure.
 */
export function wantedSysctls(
  steps: readonly Pick<PlannedStep, 'node' | 'commands'>[],
  node: string,
): Map<string, string> {
  const lines = steps
    .filter((step) => step.node === node)
    .flatMap(({ commands }) => commands.flatMap((command) => command.split('\n')));
  const settings = lines.flatMap((line) => {
    const [program, option, ...words] = line.trim().split(/\s+/);
    return program === 'sysctl' && option === '-w' ? words : [];
  });
  return new Map(
    settings.flatMap((word) => {
      const [, name, value] = setting.exec(word) ?? [];
      return name !== undefined && value !== undefined ? [[name, value] as const] : [];
    }),
  );
}
