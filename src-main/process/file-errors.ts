import { LabError } from '../contract/lab-error.ts';

/** Whether a file operation failed because there is no such file; "may not read" (EACCES, EPERM) is another matter. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

/** Whether a file operation failed because this user may not do it. */
export function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(error));
}

/**
 * To be asked before something that cannot be read is taken for something that is not there, passed over or made anew.
 * @param what For the message: `The record of the lab 'm1'`.
 * @throws LabError `command-failed` where this user may not read it.
 */
export function throwIfForbidden(error: unknown, what: string): void {
  if (isForbidden(error)) throw unreadable(what, error);
}

/** That something is there and cannot be read. */
export function unreadable(what: string, cause: unknown): LabError {
  const words = cause instanceof Error ? cause.message : String(cause);
  return new LabError('command-failed', `${what} cannot be read.`, {
    why: isForbidden(cause) ? `This user may not read it: ${words}` : words,
    remedy: 'Do it as the user whose it is, or give this user the right to read it.',
    cause,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
