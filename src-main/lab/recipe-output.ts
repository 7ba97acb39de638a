import { commandRecordSchema, type AppliedStep, type CommandRecord } from '../plan/applied-step.ts';

/** A command's part of the output; which command it was is known by its stage and place. */
export type RanCommand = Omit<CommandRecord, 'command'>;

/** What a script told of one step. */
export interface StepOutcome {
  /** The step's place in the script. */
  readonly index: number;
  /** None when the script ended in the middle of it. */
  readonly state: AppliedStep['state'] | undefined;
  readonly ran: readonly RanCommand[];
  readonly milliseconds: number;
}

const stateSchema = ['applied', 'skipped', 'failed'] as const;

/** Takes the output of a `recipeScript` apart: one outcome for each step it came to. */
export function parseOutcomes(stdout: string, token: string): StepOutcome[] {
  const outcomes: Open[] = [];
  let output: string[] = [];
  for (const line of stdout.split('\n')) {
    if (!line.startsWith(`${token} `)) {
      output.push(line);
      continue;
    }
    const [, word = '', ...rest] = line.split(' ');
    take(outcomes, { word, rest, output: output.join('\n') });
    output = [];
  }
  return outcomes.map(({ index, state, ran, milliseconds }) => ({ index, state, ran, milliseconds }));
}

type Open = { -readonly [K in keyof StepOutcome]: StepOutcome[K] } & { ran: RanCommand[]; began: number };

function take(
  outcomes: Open[],
  { word, rest, output }: { word: string; rest: string[]; output: string },
): void {
  const [first = '', second = ''] = rest;
  const last = outcomes.at(-1);
  if (word === 'step') {
    outcomes.push({
      index: Number(first),
      state: undefined,
      ran: [],
      milliseconds: 0,
      began: Number(second),
    });
  } else if (word === 'ran') {
    last?.ran.push({ stage: commandRecordSchema.shape.stage.parse(first), exitCode: Number(second), output });
  } else if (word === 'state' && last) {
    last.state = stateSchema.find((state) => state === first);
    // Hundredths of a second are all that /proc/uptime has.
    last.milliseconds = Math.max(0, Math.round((Number(second) - last.began) * 1000));
  }
}
