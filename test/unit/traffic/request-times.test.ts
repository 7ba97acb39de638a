import { expect, it } from 'vitest';
import { fromFirstRequest, latestEnds } from '../../../src-main/traffic/request-times.ts';
import { toSample, type Sample } from '../../../src-main/traffic/sample.ts';

const told = (process: number, totalMs: number) => ({ process, totalMs });

it('has the requests of one process end one after the other, though one piece told of them all', () => {
  expect(latestEnds([told(1, 5), told(1, 10), told(1, 20)], 400, 300)).toEqual([370, 380, 400]);
});

it('keeps the order in which requests of several processes ended', () => {
  const ends = latestEnds([told(1, 30), told(2, 30), told(1, 40), told(2, 10)], 100, 0);
  expect(ends).toEqual([60, 90, 100, 100]);
});

it('has none end before what came earlier', () => {
  expect(latestEnds([told(1, 50), told(1, 80), told(1, 80)], 400, 390)).toEqual([390, 390, 400]);
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
