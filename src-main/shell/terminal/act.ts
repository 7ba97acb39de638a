import { Option, type Command } from 'commander';
import { LabError, toErrorInfo } from '../../contract/lab-error.ts';
import { createLabContext } from '../../lab/create-lab-context.ts';
import type { LabContext, WorkOptions } from '../../lab/lab-context.ts';
import { defaultPortRange, parsePortRange } from '../../lab/ports.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { createOutput, type Output } from './output.ts';

/** What a command is given to do its work with. */
export interface Act {
  readonly context: LabContext;
  readonly output: Output;
  /** Progress to the terminal, and a signal that Ctrl-C sets off. */
  readonly work: WorkOptions;
}

interface CommonOptions {
  readonly json?: boolean;
  readonly ports?: string;
}

/** The option every command has whose result a program may want. */
export const jsonOption = () =>
  new Option('--json', 'write JSON lines to standard output, and nothing else there');

/** Where a new lab's ports are taken from. */
export const portsOption = () =>
  new Option(
    '--ports <first-last>',
    `take the ports on 127.0.0.1 from this range (default: LVSLAB_PORTS, or ${defaultPortRange.first}-${defaultPortRange.last})`,
  );

/**
 * Makes a command's action of a function: it gets a context, output and a signal, the command's options (of the type it
 * declares; commander knows none) and arguments, returns nothing or an exit code, and whatever it throws is told to the
 * user in words.
 */
export function act(
  work: (act: Act, options: never, ...args: (string | undefined)[]) => Promise<number | undefined>,
) {
  return async function (this: Command, ...given: unknown[]): Promise<void> {
    const options: CommonOptions = this.opts();
    const args = given.filter((value) => typeof value === 'string');
    const output = createOutput(options.json ?? false);
    const interrupt = onInterrupt(output);
    try {
      const context = createLabContext(
        options.ports === undefined ? {} : { portRange: parsePortRange(options.ports) },
      );
      const begun = { context, output, work: { onProgress: output.onProgress, signal: interrupt.signal } };
      process.exitCode = (await work(begun, options as never, ...args)) ?? exitCodes.done;
    } catch (error) {
      const failure =
        interrupt.signal.aborted && !(error instanceof LabError)
          ? new LabError('cancelled', 'Cancelled.', { cause: error })
          : error;
      output.fail(failure);
      process.exitCode = exitCodeOf(toErrorInfo(failure).code);
    } finally {
      output.settle();
      interrupt.forget();
    }
  };
}

/** Ctrl-C, a polite kill and a closed terminal all end the work in order; asking again changes nothing. */
function onInterrupt(output: Output) {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) return;
    output.note('Stopping, in order …');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, interrupt);
  return {
    signal: controller.signal,
    forget: () => {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}
