import { z } from 'zod';

/** Every kind of expected failure, by the code that user interfaces and exit codes are chosen from. */
export const errorCodes = [
  'bad-input',
  'not-found',
  'already-exists',
  'lab-busy',
  'port-in-use',
  'libvirt-away',
  'host-not-ready',
  'no-space',
  'image-build-failed',
  'image-fetch-failed',
  'node-does-not-boot',
  'guest-unreachable',
  'guest-command-failed',
  'modules-held',
  'host-key-mismatch',
  'recipe-failed',
  'command-failed',
  'switch-failed',
  'cancelled',
  'internal',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** What a failure tells its reader: what failed, where, why, and what to do next. */
export const errorInfoSchema = z.object({
  code: errorCodeSchema,
  /** What failed, as one sentence. */
  message: z.string(),
  /** The node it happened on, where there is one. */
  node: z.string().optional(),
  /** The step that was under way. */
  step: z.string().optional(),
  /** Why, as far as it is known: the last words of the tool that said no, the value that was refused. */
  why: z.string().optional(),
  /** What the reader can do next. */
  remedy: z.string().optional(),
});
export type ErrorInfo = z.infer<typeof errorInfoSchema>;

type ErrorDetails = Omit<ErrorInfo, 'code' | 'message'> & { cause?: unknown };

/** An expected failure. Everything a room throws for a user to read is one of these. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: ErrorCode;
  readonly details: Omit<ErrorDetails, 'cause'>;

  constructor(code: ErrorCode, message: string, { cause, ...details }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  /** The same failure with the node or step filled in by a caller that knows them; what is set stays. */
  at(place: { node?: string; step?: string }): LabError {
    return new LabError(this.code, this.message, { ...place, ...this.details, cause: this.cause });
  }

  /** The form that crosses to a user interface. */
  toInfo(): ErrorInfo {
    return { code: this.code, message: this.message, ...this.details };
  }
}

/** Turns anything thrown into the form a user interface shows; an unexpected error keeps its words as the reason. */
export function toErrorInfo(error: unknown): ErrorInfo {
  if (error instanceof LabError) return error.toInfo();
  const why = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: 'Something failed that LVS Lab did not expect.',
    why,
    remedy: 'Run the command again with LVSLAB_DEBUG=1 and report what it prints.',
  };
}
