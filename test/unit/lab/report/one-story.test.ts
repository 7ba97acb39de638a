import { describe, expect, it } from 'vitest';
import { withOneStory } from '../../../../src-main/lab/report/one-story.ts';

function cut(stories: readonly object[], rest: object = {}): unknown {
  const entry = { result: { before: 'a', stories, after: ['b', { c: 1 }], ...rest } };
  return JSON.parse(withOneStory(Buffer.from(JSON.stringify(entry))).toString());
}

const answered = { number: 3, hops: [{ from: 'a' }], outcome: 'answered' };

describe('An observation read with one story', () => {
  it('has the first that was answered, and all else', () => {
    const reset = { number: 1, hops: [{ words: '"] } {[ \\' }], outcome: 'reset' };
    expect(cut([reset, { ...reset, number: 2 }, answered, { ...answered, number: 4 }])).toEqual({
      result: { before: 'a', stories: [answered], after: ['b', { c: 1 }] },
    });
  });

  it('has the first where none was answered, and none where there is none', () => {
    const refused = [
      { number: 1, outcome: 'refused', request: 'GET /"outcome":"answered" HTTP/1.1' },
      { number: 2, outcome: 'refused' },
    ];
    expect(cut(refused)).toMatchObject({ result: { stories: [refused[0]] } });
    expect(cut([])).toMatchObject({ result: { stories: [], after: ['b', { c: 1 }] } });
  });

  it('is left as it is where it has no stories, or is cut short', () => {
    const none = Buffer.from('{"result":{"words":"\\"stories\\":["}}');
    expect(withOneStory(none)).toBe(none);
    const short = Buffer.from('{"result":{"stories":[{"outcome":"answered"},{"out');
    expect(withOneStory(short)).toBe(short);
  });
});
