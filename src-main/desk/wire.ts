import type { z } from 'zod';
import {
  frameDetailsSchema,
  framePageSchema,
  liveBatchSchema,
  type FrameDetails,
  type FramePage,
  type FrameQuery,
  type LiveBatch,
} from '../contract/frames.ts';
import { capturePieceSchema } from '../contract/lab-control.ts';
import { LabError } from '../contract/lab-error.ts';
import { readKeptFrame, readKeptFrames } from '../lab/frames/kept-frames.ts';
import type { AskLab } from './ask.ts';

type CapturePiece = z.infer<typeof capturePieceSchema>;

/**
 * What goes over a lab's wires, as the lab's owner tells it.
 * @throws LabError, each of them: what the owner throws; `command-failed` for an answer that makes no sense.
 */
export function createWireCore(ask: AskLab, dataFolder: string) {
  const { signal: never } = new AbortController();

  async function frames(lab: string, query: FrameQuery): Promise<FramePage> {
    return read(framePageSchema, await ask(lab, { verb: 'frames', query }, { signal: never }));
  }

  return {
    /** Resolves when the signal ends it, and when the lab is let go of. */
    async live(lab: string, onItem: (batch: LiveBatch) => void, signal: AbortSignal): Promise<void> {
      const onEvent = (event: unknown) => {
        onItem(read(liveBatchSchema, event));
      };
      try {
        await ask(lab, { verb: 'watch' }, { onEvent, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },

    frames,

    async frame(lab: string, sequence: number, record?: string): Promise<FrameDetails> {
      const request = { verb: 'frame' as const, sequence, ...(record !== undefined && { record }) };
      return read(frameDetailsSchema, await ask(lab, request, { signal: never }));
    },

    /** From the lab's journal, whoever owns the lab and whether it runs. */
    keptFrames: (lab: string, entry: number, query: FrameQuery): Promise<FramePage> =>
      readKeptFrames(dataFolder, { lab, entry }, query),

    keptFrame: (lab: string, entry: number, sequence: number): Promise<FrameDetails> =>
      readKeptFrame(dataFolder, { lab, entry }, sequence),

    /** Up to the newest frame that there was at the call, or a few more: a busy wire has no end. */
    async *capture(lab: string, signal: AbortSignal): AsyncGenerator<string[], { frames: number }> {
      const { next: end } = await frames(lab, { limit: 1 });
      let from: number | null = null;
      let count = 0;
      do {
        const piece: CapturePiece = read(
          capturePieceSchema,
          await ask(lab, { verb: 'capture', from }, { signal }),
        );
        count += piece.frames;
        if (piece.data !== '') yield [piece.data];
        from = piece.next;
      } while (from !== null && from < end);
      return { frames: count };
    },
  };
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
  const { data, error } = schema.safeParse(answer);
  if (data !== undefined) return data;
  throw new LabError('command-failed', 'The process that runs the lab gave an answer that makes no sense.', {
    remedy: 'It may be of another version of LVS Lab: take the lab down and start it anew with this one.',
    cause: error,
  });
}
