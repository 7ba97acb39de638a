import { expect, it } from 'vitest';
import { createRequestClock, fromFirstRequest } from '../../../src-main/traffic/request-times.ts';
import { toSample, type Sample } from '../../../src-main/traffic/sample.ts';

const told = (process: number, totalMs: number) => ({ process, totalMs });

/** So many requests of one process, each as long. */
const alike = (count: number, totalMs: number) => Array.from({ length: count }, () => told(1, totalMs));

/** Pieces as a clock takes them, and when their requests ended; the load's time comes with the last one. */
function endsOf(
  pieces: readonly (readonly [requests: readonly ReturnType<typeof told>[], arrivedMs: number])[],
  spanMs?: number,
): number[][] {
  const clock = createRequestClock();
  return pieces.map(([requests, arrivedMs], at) =>
    clock(requests, arrivedMs, at === pieces.length - 1 ? spanMs : undefined),
  );
}

/** From the first one's start to the last one's end, where all took as long. */
const spanOf = (ends: readonly (readonly number[])[], totalMs: number) =>
  (ends.at(-1)?.at(-1) ?? 0) - (ends[0]?.[0] ?? 0) + totalMs;

it('has the requests of one process end one after the other, though one piece told of them all', () => {
  expect(endsOf([[[told(1, 5), told(1, 10), told(1, 20)], 400]])).toEqual([[370, 380, 400]]);
});

it('keeps the order in which requests of several processes ended', () => {
  const requests = [told(1, 30), told(2, 30), told(1, 40), told(2, 10)];
  expect(endsOf([[requests, 100]])).toEqual([[60, 90, 100, 100]]);
});

it('has none end before what came earlier', () => {
  const requests = [told(1, 50), told(1, 80), told(1, 80)];
  expect(
    endsOf([
      [alike(1, 200), 390],
      [requests, 400],
    ])[1],
  ).toEqual([390, 390, 400]);
});

it('lays a piece out over the time since the one before, where its requests leave gaps', () => {
  const [, ends] = endsOf([
    [alike(1, 5), 300],
    [[...alike(4, 5), told(2, 30)], 400],
  ]);
  expect(ends).toEqual([325, 350, 375, 400, 400]);
});

it('has a load that came as one piece take the time that the client measured', () => {
  const ends = endsOf([[alike(10, 5), 120]], 86);
  expect(spanOf(ends, 5)).toBeCloseTo(86, 6);
  expect((ends[0]?.[1] ?? 0) - (ends[0]?.[0] ?? 0), 'in even steps').toBeCloseTo(9, 6);
});

it('has a load of two pieces take that time too, though the first one began at an unknown time', () => {
  const ends = endsOf(
    [
      [alike(10, 5), 100],
      [alike(10, 5), 200],
    ],
    175,
  );
  expect(spanOf(ends, 5)).toBeCloseTo(175, 6);
});

it('has no request of several processes begin before the load did', () => {
  const requests = [told(1, 40), told(2, 10), told(1, 10), told(2, 20)];
  const [ends = []] = endsOf([[requests, 100]], 60);
  const starts = ends.map((end, at) => end - (requests[at]?.totalMs ?? 0));
  expect(Math.min(...starts)).toBe(40);
  expect(ends.at(-1)).toBe(100);
  expect(ends).toEqual(ends.toSorted((a, b) => a - b));
});

function sample(arrivedMs: number, totalMs: number): Sample {
  const record = { process: 1, exitCode: 0, httpStatus: 200, localPort: 1, connectSeconds: 0, localIp: '' };
  const made = toSample(
    { ...record, url: '/?1', errorWords: '', page: null, totalSeconds: totalMs / 1e3 },
    arrivedMs,
  );
  if (!made) throw new Error('no sample');
  return made;
}

it('counts a load from the start of its first request', () => {
  const counted = fromFirstRequest();
  const ends = (samples: readonly Sample[]) => counted(samples).map(({ arrivedMs }) => arrivedMs);
  expect(ends([sample(900, 20), sample(910, 40)])).toEqual([30, 40]);
  expect(ends([sample(1870, 5)]), 'the same for what comes later').toEqual([1000]);
});
