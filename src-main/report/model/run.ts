import { z } from 'zod';
import { judgementSchema } from '../../contract/ipvs.ts';
import {
  loadCountersSchema,
  loadRequestSchema,
  scheduleSchema,
  serviceVerdictSchema,
} from '../../contract/load.ts';

const count = z.int().nonnegative();
const ms = z.number().nonnegative();

/** What a run's samples come to: computed from them, and from nothing else. */
export const runFiguresSchema = z.object({
  requests: count,
  failed: count,
  /** Failed requests by kind. */
  failures: z.record(z.string(), count),
  /** Answered requests by the machine that answered, as the frames showed it. */
  byServer: z.record(z.string(), count),
  /** Answered requests of which no frame showed who answered. */
  unattributed: count,
  /** Failed requests by the machine that the director had handed them to. */
  failedAt: z.record(z.string(), count),
  /** What the pages of each machine said, with how many pages: the first few texts. */
  pages: z.record(z.string(), z.record(z.string(), count)),
  /** Whether the requests were answered. */
  service: serviceVerdictSchema,
  /** Who answered each of the client's addresses. */
  bySource: z.record(z.string(), z.record(z.string(), count)),
  /** Milliseconds, of all answered requests; exact, by nearest rank. Null when none was answered. */
  latencyMs: z.object({ min: ms, p50: ms, p95: ms, p99: ms, max: ms }).nullable(),
  /** Answered requests by how long they took: from `fromMs`, up to and without `toMs`. */
  latencies: z.array(z.object({ fromMs: ms, toMs: ms, count })),
  /** Over the time from the first one's start to the last one's end. */
  ratePerSecond: z.number().nullable(),
  /** By second since the load began, empty ones within it included. */
  seconds: z.array(z.object({ second: count, answered: count, failed: count })),
  /** Who answered, in the order in which the replies came; null for a failed one. The first 400. */
  sequence: z.array(z.string().nullable()),
  /** What the scheduler promised, held against what passed the director; null where that was not kept. */
  judgement: judgementSchema.nullable(),
});
export type RunFigures = z.infer<typeof runFiguresSchema>;

/** A load that was measured. */
export const reportedRunSchema = z.object({
  /** Its number in the lab's journal. */
  entry: z.int().positive(),
  at: z.string(),
  mode: z.string(),
  scheduler: z.string(),
  request: loadRequestSchema,
  /** By what the director's table promised when it began. */
  schedule: scheduleSchema.nullable(),
  /** What was done to the lab while it ran, by verb: nothing is judged then. */
  disturbedBy: z.array(z.string()),
  /** Null when no sample of it was kept. */
  figures: runFiguresSchema.nullable(),
  /** What it added to the virtual service's counters, as ipvsadm tells them. */
  counters: loadCountersSchema,
  /** `ipvsadm -Ln` and `--stats`, before it and after it; null where that was not kept. */
  tablesBefore: z.string().nullable(),
  tablesAfter: z.string(),
});
export type ReportedRun = z.infer<typeof reportedRunSchema>;
