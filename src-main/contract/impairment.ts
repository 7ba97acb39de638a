import { z } from 'zod';
import { frameFilterSchema } from './frame-filter.ts';

/** What is wrong with a cable in one direction. In this order: frames are dropped, lost, queued, delayed. */
const directionSchema = z.strictObject({
  /** Frames that match any of these are dropped. */
  drop: z.array(frameFilterSchema).exactOptional(),
  /** The share of frames that is lost, each by itself, 0 to 1. */
  loss: z.number().min(0).max(1).exactOptional(),
  rate: z
    .strictObject({
      /** Counted over whole Ethernet frames, without preamble and FCS. */
      bitsPerSecond: z.number().min(1),
      /** What waits at most, 150,000 unless it is told; a frame beyond that is dropped. An idle cable takes any frame. */
      queueBytes: z.int().min(0).exactOptional(),
    })
    .exactOptional(),
  delay: z
    .strictObject({
      /** Milliseconds. */
      ms: z.number().min(0).max(60_000),
      /** Each frame's delay lies evenly within so many milliseconds of `ms`: frames may overtake each other. */
      jitterMs: z.number().min(0).max(60_000).exactOptional(),
    })
    .exactOptional(),
});

/** What is wrong with the cable of a NIC. The same seed and the same frames give the same losses and jitter. */
export const impairmentSchema = z.strictObject({
  /** Nothing passes either way. The guest keeps its carrier. */
  cut: z.boolean().exactOptional(),
  /** Frames that the NIC sends. */
  from: directionSchema.exactOptional(),
  /** Frames that come to the NIC. */
  to: directionSchema.exactOptional(),
  /** 1 unless it is told. */
  seed: z.int().min(0).max(0xffff_ffff).exactOptional(),
});

export type DirectionImpairment = Readonly<z.infer<typeof directionSchema>>;
export type Impairment = Readonly<z.infer<typeof impairmentSchema>>;
