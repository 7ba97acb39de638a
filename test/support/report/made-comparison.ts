import type { Comparison } from '../../../src-main/contract/comparison.ts';
import type { Observation } from '../../../src-main/contract/observation.ts';
import { summarise } from '../../../src-main/lab/compare/summarise.ts';
import type { MeasuredTurn } from '../../../src-main/lab/compare/turn.ts';
import type { MadeRun } from './made-run.ts';

/** What was measured of one mode. */
export interface ComparedCase {
  readonly mode: string;
  readonly runs: readonly MadeRun[];
  readonly switchMs: readonly (number | null)[];
  readonly observation: Observation;
}

/** Frames and bytes that a request takes, by mode: as in real labs. */
const wires = {
  nat: { lan: [10, 900], backend: [10, 900], director: [10, 10, 900, 900] },
  dr: { lan: [16, 1360], backend: [0, 0], director: [6, 6, 440, 440] },
  tun: { lan: [16, 1480], backend: [0, 0], director: [6, 6, 440, 560] },
} as const;

/** A comparison of such cases, put together as a real one is. */
export function madeComparison(lab: string, template: string, cases: readonly ComparedCase[]): Comparison {
  const [first] = cases;
  return {
    ...{ lab, template, concurrency: 1, rounds: first?.runs.length ?? 0 },
    requestsPerRound: first?.runs[0]?.result.requests ?? 0,
    entries: cases.map((each) =>
      summarise({ mode: each.mode, scheduler: 'rr' }, turnsOf(each), each.observation),
    ),
  };
}

function turnsOf({ mode, runs, switchMs }: ComparedCase): MeasuredTurn[] {
  const wire = wires[mode as keyof typeof wires];
  return runs.map(({ samples, result }, index) => {
    const use = ([frames, bytes]: readonly [number, number]) => ({
      frames: frames * result.requests,
      bytes: bytes * result.requests,
    });
    const [inFrames, outFrames, inBytes, outBytes] = wire.director.map((each) => each * result.requests);
    const answered = result.requests - result.failed;
    return {
      ...{ samples, switchMs: switchMs[index] ?? null },
      wire: {
        segments: { lan: use(wire.lan), backend: use(wire.backend) },
        node: {
          inFrames: inFrames ?? 0,
          outFrames: outFrames ?? 0,
          inBytes: inBytes ?? 0,
          outBytes: outBytes ?? 0,
        },
        lost: 0,
      },
      measurement: {
        ...{ result, scheduler: 'rr', tables: '', firstReplyAt: null },
        counters: {
          conns: result.requests,
          inPkts: 6 * answered,
          outPkts: mode === 'nat' ? 4 * answered : 0,
          inBytes: 390 * answered,
          outBytes: mode === 'nat' ? 420 * answered : 0,
        },
      },
    };
  }) as unknown as MeasuredTurn[];
}
