import { describe, expect, it } from 'vitest';
import { withOneStory, withStories } from '../../../src-main/lab/kept-stories.ts';

function cut(stories: readonly object[], by: (json: Buffer) => Buffer = withOneStory): unknown {
  const entry = { result: { before: 'a', stories, after: ['b', { c: 1 }] } };
  return JSON.parse(by(Buffer.from(JSON.stringify(entry))).toString());
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

describe('An observation read with some stories', () => {
  it('has the first so many, or all where there are fewer, and all else', () => {
    const stories = [1, 2, 3].map((number) => ({ number, hops: [{ words: ['}],'] }] }));
    const withMost = (most: number) => cut(stories, (json) => withStories(json, most));
    const result = { before: 'a', after: ['b', { c: 1 }] };
    expect(withMost(2)).toEqual({ result: { ...result, stories: stories.slice(0, 2) } });
    expect(withMost(9)).toEqual({ result: { ...result, stories } });
    expect(withMost(0)).toEqual({ result: { ...result, stories: [] } });
  });
});
