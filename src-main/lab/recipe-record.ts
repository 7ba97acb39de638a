import { LabError } from '../contract/lab-error.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import { fillIn } from '../template/placeholders.ts';
import { quote } from '../template/value-types.ts';
import type { AppliedStep, CommandRecord } from '../plan/applied-step.ts';
import type { RanCommand, StepOutcome } from './recipe-output.ts';
import { lastLine } from './recipe-shell.ts';

/** What is kept of a step: what was run, and what undoes it, in this apply or an earlier one. */
export function appliedStep(
  step: PlannedStep,
  { state, ran, milliseconds }: StepOutcome & { readonly state: AppliedStep['state'] },
  earlier: AppliedStep | undefined,
): AppliedStep {
  const changed = ran.some(({ stage }) => stage === 'command');
  // What was before the first of several changes is what undo goes back to.
  const undo = earlier?.undo.length ? earlier.undo : changed ? undoCommands(step, ran) : [];
  const { node, id, title } = step;
  return { node, id, title: title.en, state, undo, commands: commandRecords(step, ran), milliseconds };
}

function undoCommands(step: PlannedStep, ran: readonly RanCommand[]): string[] {
  const outputs = ran.filter(({ stage }) => stage === 'before').map(({ output }) => output.trim());
  const kept = new Map(
    Object.keys(step.before).map((name, index) => [`before.${name}`, outputs[index] ?? '']),
  );
  return step.undo.map((command) =>
    fillIn(command, (name) => {
      const value = kept.get(name);
      return value === undefined ? undefined : quote(value);
    }),
  );
}

function commandRecords(step: PlannedStep, ran: readonly RanCommand[]): CommandRecord[] {
  const [befores, commands] = [Object.values(step.before).values(), step.commands.values()];
  return ran.map((one) => {
    const next =
      one.stage === 'before' ? befores.next() : one.stage === 'command' ? commands.next() : undefined;
    return { ...one, command: next?.value ?? step.verify };
  });
}

/** Why a step could not be applied, by the last command that was run. */
export function recipeFailed(step: PlannedStep, ran: readonly RanCommand[], stderr: string): LabError {
  const last = commandRecords(step, ran).at(-1);
  // What is kept for undo has its errors apart, on the script's own.
  const ended = endedWith(last, last?.stage === 'before' ? stderr : last?.output);
  return new LabError('recipe-failed', `'${step.title.en}' failed on ${step.node}.`, {
    node: step.node,
    step: step.title.en,
    why:
      last?.stage === 'check' ? `Its commands were run, but what they are for is not there: ${ended}` : ended,
    remedy: `Mend that on ${step.node}, then apply the recipe again: what is done already is left alone.`,
  });
}

/** `'modprobe ip_vs' ended with 1: modprobe: FATAL: Module ip_vs not found` */
export function endedWith(ran: { command: string; exitCode: number } | undefined, output = ''): string {
  const words = lastLine(output);
  return `'${ran?.command ?? ''}' ended with ${ran?.exitCode ?? 1}${words && `: ${words}`}`;
}

/** A step's name within the whole recipe. */
export function keyOf({ node, id }: { readonly node: string; readonly id: string }): string {
  return `${node} ${id}`;
}
