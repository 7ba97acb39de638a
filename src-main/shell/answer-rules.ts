import { mapEventIterator, ORPCError } from '@orpc/client';
import type { AnySchema } from '@orpc/contract';
import type { AnyProcedure, Context } from '@orpc/server';
import type { StandardRPCHandlerOptions } from '@orpc/server/standard';
import { toWireError, wireError } from './wire-error.ts';

/** How either transport answers: whatever fails, at once or in the middle of a stream, crosses as an ErrorInfo. */
export const answerRules: Pick<StandardRPCHandlerOptions<Context>, 'interceptors' | 'clientInterceptors'> = {
  interceptors: [
    async (call) => {
      const answer = await call.next().catch((error: unknown) => {
        throw error instanceof ORPCError ? error : wireError(unreadable);
      });
      if (!answer.matched) throw wireError(unknownCall);
      return answer;
    },
  ],
  clientInterceptors: [
    async (call) => {
      const output = await call.next().catch(async (error: unknown) => {
        throw (await cannotBeChecked(call.procedure, call.input))
          ? wireError(unreadable)
          : toWireError(error);
      });
      return isStream(output) ? withWireErrors(output) : output;
    },
  ],
};

const unreadable = { code: 'bad-input', message: 'The call could not be read.' } as const;
const unknownCall = {
  code: 'not-found',
  message: 'There is no such call.',
  remedy: 'Reload the page: it may be older than the application that serves it.',
} as const;

/** zod fails at some inputs that are no text but have a `length`, where it should refuse them. */
async function cannotBeChecked(procedure: AnyProcedure, input: unknown): Promise<boolean> {
  const { inputSchema } = procedure['~orpc'] as { inputSchema?: AnySchema };
  try {
    await inputSchema?.['~standard'].validate(input);
    return false;
  } catch {
    return true;
  }
}

function isStream(output: unknown): output is AsyncIterator<unknown, unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

function withWireErrors(stream: AsyncIterator<unknown, unknown>) {
  return mapEventIterator(stream, {
    value: async (value) => value,
    error: async (error) => toWireError(error),
  });
}
