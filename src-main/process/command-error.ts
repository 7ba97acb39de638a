/** How a program that was started came to a bad end. */
export interface CommandFailure {
  readonly command: string;
  readonly args: readonly string[];
  /** Undefined when it was ended by a signal or never started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  /** The program is not installed. */
  readonly notFound: boolean;
}

/** A program that did not end as its caller accepts. The words are for a log; a room says what it meant to a user. */
export class CommandError extends Error implements CommandFailure {
  override readonly name = 'CommandError';
  readonly command: string;
  readonly args: readonly string[];
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly notFound: boolean;

  constructor(failure: CommandFailure, options?: ErrorOptions) {
    super(describe(failure), options);
    this.command = failure.command;
    this.args = failure.args;
    this.exitCode = failure.exitCode;
    this.stdout = failure.stdout;
    this.stderr = failure.stderr;
    this.timedOut = failure.timedOut;
    this.cancelled = failure.cancelled;
    this.notFound = failure.notFound;
  }

  /** The last line the program wrote to standard error, or else how it ended: the likeliest reason. */
  get lastWords(): string {
    const last = this.stderr.trim().split('\n').at(-1)?.trim();
    return last ? last : this.message;
  }
}

function describe({ command, args, exitCode, timedOut, cancelled, notFound }: CommandFailure): string {
  const line = [command, ...args].join(' ');
  if (notFound) return `'${command}' is not installed`;
  if (cancelled) return `cancelled: ${line}`;
  if (timedOut) return `timed out: ${line}`;
  return exitCode === undefined ? `ended by a signal: ${line}` : `exit code ${exitCode}: ${line}`;
}
