/** How a command in a guest ended. */
export interface GuestCommandResult {
  /** 128 + n when signal n ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Enough of a guest to carry out a recipe: what the recipe engine and its unit tests are written against. */
export interface GuestShell {
  /** Runs one shell command line to its end. A code other than 0 is a result, not an error. */
  run(
    command: string,
    options?: { signal?: AbortSignal | undefined; timeout?: number },
  ): Promise<GuestCommandResult>;
}

export interface GuestCommandOptions {
  /** Ends the command in the guest, and rejects with 'cancelled' once it has ended. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from the command's start, after which it is ended; 300,000 by default, none for `stream`. */
  readonly timeout?: number;
  /** What the command reads from its standard input, once it is there; nothing by default, nor when it rejects. */
  readonly input?: string | Promise<string>;
}

export interface GuestStreamOptions extends GuestCommandOptions {
  /** Hears the output as it comes, in pieces of any size; nothing of it is kept. */
  readonly onStdout?: (piece: Buffer) => void;
  readonly onStderr?: (piece: Buffer) => void;
}

/**
 * A node's one SSH connection. At most 8 commands run on it at once; more wait their turn. A connection that broke is
 * made anew by the next command, with the same pinned host key.
 *
 * Commands reject with LabError: 'cancelled'; 'guest-command-failed' after their time-out; 'guest-unreachable' when the
 * connection broke under them (they are not repeated: they may have been carried out in part) or cannot be made.
 */
export interface GuestSession extends GuestShell {
  readonly node: string;
  run(command: string, options?: GuestCommandOptions): Promise<GuestCommandResult>;
  /** Like `run` for long output. */
  stream(command: string, options?: GuestStreamOptions): Promise<Pick<GuestCommandResult, 'exitCode'>>;
  /** Ends the connection. Commands under way reject; in the guest they go on until they are ended or write. */
  close(): Promise<void>;
}
