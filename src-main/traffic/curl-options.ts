import { z } from 'zod';
import { LabError } from '../contract/lab-error.ts';

/** As many requests as a client with 96 MB has room for when each has its own source: curl takes 1.8 KB for every one. */
export const mostRequestsWithSources = 10_000;

/** The most one request of a measured load may take. */
export const requestTimeoutSeconds = 5;

const curlOptionsSchema = z.object({
  /** The VIP. */
  vip: z.ipv4('the virtual address is not an IPv4 address'),
  port: z.int().min(1).max(65_535),
  requests: z.int().min(1).max(1_000_000),
  /** How many curl processes; each sends one request at a time. */
  concurrency: z.int().min(1).max(64),
  /** At most so many requests a second, over all processes; without it as fast as curl can. */
  ratePerSecond: z.number().min(0.001).optional(),
  /** The most a request may take, to its last byte. */
  timeoutSeconds: z.number().min(0.1).max(600),
  /** The client's addresses that the requests come from by turns; without it the kernel chooses. */
  sources: z.array(z.ipv4('is not an IPv4 address')).min(1).max(64).optional(),
});
export type CurlOptions = z.infer<typeof curlOptionsSchema>;

/**
 * @throws LabError 'bad-input' that names every option that is out of its bounds.
 */
export function parseCurlOptions(input: z.input<typeof curlOptionsSchema>): CurlOptions {
  const parsed = curlOptionsSchema.refine(hasRoom, { path: ['requests'], error: tooMany }).safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new LabError('bad-input', 'The load cannot be run with these options.', {
    why: faults.join('; '),
    remedy: 'Requests: 1 to 1,000,000; concurrency: 1 to 64; rate: at least 0.001 a second.',
  });
}

const tooMany = `at most ${mostRequestsWithSources} with source addresses`;

function hasRoom({ requests, sources }: CurlOptions): boolean {
  return sources === undefined || requests <= mostRequestsWithSources;
}
