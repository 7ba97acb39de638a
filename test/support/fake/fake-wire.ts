import type { FrameQuery, FrameView } from '../../../src-main/contract/frames.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import type { WireCore } from '../../../src-main/shell/core.ts';
import { arpFrame, fakeFrames, fakeRecord, keptRecord } from './fake-frames.ts';

/** A record of three hundred frames that does not grow. */
export function fakeWire(viewOf: (lab: string) => LabView): Omit<WireCore, 'live'> {
  const record = (lab: string): FrameView[] => {
    const frames = [arpFrame(viewOf(lab), 0, 0)];
    while (frames.length < 300) {
      const next = frames.length;
      frames.push(...fakeFrames(viewOf(lab), next, next * 1e6, next));
    }
    return frames;
  };
  /** What proofs keep: frames of an earlier record, with the same numbers. */
  const kept = (lab: string) => record(lab).map((frame) => ({ ...frame, info: `${frame.info} (kept)` }));
  const page = (all: FrameView[], { before, from, limit }: FrameQuery) => ({
    frames:
      from === undefined
        ? all.filter(({ sequence }) => sequence < (before ?? all.length)).slice(-limit)
        : all.filter(({ sequence }) => sequence >= from).slice(0, limit),
    ...{ first: 0, next: all.length },
  });
  const apart = (all: FrameView[], lab: string, sequence: number) => {
    const frame = all.find((each) => each.sequence === sequence) ?? arpFrame(viewOf(lab), sequence, 0);
    return {
      frame,
      layers: [
        {
          ...{ name: 'Ethernet', offset: 0, length: 14 },
          fields: [
            { name: 'destination', value: frame.destinationMac },
            { name: 'source', value: frame.sourceMac },
            { name: 'type', value: '0x0800 IPv4' },
          ],
        },
        {
          ...{ name: 'IPv4', offset: 14, length: 20 },
          fields: [
            { name: 'source', value: frame.source ?? '' },
            { name: 'destination', value: frame.destination ?? '' },
            { name: 'ttl', value: '64' },
          ],
        },
      ],
      hex: '525400a1b2c3525400d4e5f6'.padEnd(frame.length * 2, '00'),
    };
  };
  return {
    frames: async (lab, query) => ({ record: fakeRecord, ...page(record(lab), query) }),
    frame: async (lab, sequence) => ({ record: fakeRecord, ...apart(record(lab), lab, sequence) }),
    keptFrames: async (lab, _entry, query) => ({ record: keptRecord, ...page(kept(lab), query) }),
    keptFrame: async (lab, _entry, sequence) => ({ record: keptRecord, ...apart(kept(lab), lab, sequence) }),
    async *capture() {
      yield [Buffer.from('not a real capture').toString('base64')];
      return { frames: 300 };
    },
  };
}
