import { expect, it } from 'vitest';
import { didYouMean } from '../../../src-main/template/near-miss.ts';

it.each([
  ['adress', " Did you mean 'address'?"],
  ['Segment', " Did you mean 'segment'?"],
  ['segmnet', " Did you mean 'segment'?"],
  ['vpi', " Did you mean 'vip'?"],
  ['colour', ''],
  ['', ''],
])('suggests for %j: %j', (word, suggestion) => {
  expect(didYouMean(word, ['segment', 'address', 'vip'])).toBe(suggestion);
});
