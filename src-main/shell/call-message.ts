import { z } from 'zod';

/**
 * The longest message a client may send, in bytes: a call with its input, of which a report's notes are the longest,
 * 100,000 characters that JSON may write as six bytes each. Answers may be longer.
 */
export const MAX_CALL_BYTES = 640 * 1024;

/**
 * The messages that an oRPC client of this contract sends (@orpc/standard-server-peer 1.16): a call, or the end of one
 * (`t: 4`). Streams from the client, files and headers are no part of the contract.
 */
const callMessageSchema = z.union([
  z.strictObject({
    i: z.string().min(1).max(32),
    p: z.strictObject({
      u: z.string().startsWith('/').max(200),
      b: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.strictObject({ i: z.string().min(1).max(32), t: z.literal(4) }),
]);

/**
 * Whether a message is one that the oRPC peer can read. The peer throws on others, where nobody catches, so each
 * transport asks this first.
 */
export function isCallMessage(data: unknown): data is string {
  if (typeof data !== 'string' || data.length > MAX_CALL_BYTES) return false;
  try {
    return callMessageSchema.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
