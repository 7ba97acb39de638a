import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { LAB_ERROR } from '../contract/app-contract.ts';
import { toErrorInfo, type ErrorInfo } from '../contract/lab-error.ts';

type WireError = ORPCError<typeof LAB_ERROR, ErrorInfo>;

/** A failure in the form that crosses to a user interface. */
export function wireError(info: ErrorInfo): WireError {
  return new ORPCError(LAB_ERROR, { defined: true, message: info.message, data: info });
}

/** Turns whatever a procedure threw into the form that crosses. */
export function toWireError(error: unknown): WireError {
  return wireError(isRefusedInput(error) ? refusedInput(error.cause) : toErrorInfo(error));
}

/** oRPC's own answer to an input that the contract's schema refuses. */
function isRefusedInput(error: unknown): error is { cause: ValidationError } {
  return error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError;
}

function refusedInput({ issues }: ValidationError): ErrorInfo {
  const why = issues.map(({ message }) => message).join('; ');
  return { code: 'bad-input', message: 'The call was refused: its input is not what it takes.', why };
}
