import { mapEventIterator, ORPCError } from '@orpc/client';
import type { Context } from '@orpc/server';
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
      const output = await call.next().catch((error: unknown) => {
        throw toWireError(error);
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

function isStream(output: unknown): output is AsyncIterator<unknown, unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

function withWireErrors(stream: AsyncIterator<unknown, unknown>) {
  return mapEventIterator(stream, {
    value: async (value) => value,
    error: async (error) => toWireError(error),
  });
}
