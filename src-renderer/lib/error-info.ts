import { ORPCError } from '@orpc/client';
import type { ErrorInfo } from '../../src-main/contract/lab-error.ts';

/** What a failed call tells its reader. */
export function errorInfo(error: unknown): ErrorInfo {
  // A defined error has passed the contract's schema on the other side.
  if (error instanceof ORPCError && error.defined) return error.data as ErrorInfo;
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
