import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RequestStory } from '../../../../src-main/contract/evidence.ts';
import type { Observation } from '../../../../src-main/contract/observation.ts';
import { ladderPicture } from '../../../../src-main/report/pictures/ladder-picture.ts';
import { textWidth } from '../../../../src-main/report/pictures/text-width.ts';
import { wordsFor } from '../../../../src-main/report/words/words.ts';
import { faultsOf, numberOf, ofClass, outside, wordsOf } from './drawn.ts';

const words = wordsFor('en');

function storyOf(mode: string): RequestStory {
  const file = new URL(`../../../support/fake/observation-${mode}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as Observation).stories[0]!;
}

const width = (text: string, kind: string) =>
  textWidth(
    text,
    kind.includes('value') || kind === 'owner' ? 9.5 : 10.5,
    kind === 'value' || kind.includes('mono') ? 'mono' : 'sans',
  );

describe('ladderPicture', () => {
  it.each(['nat', 'dr', 'tun'])(
    'has an arrow for each frame in %s, from its sender to its receiver',
    (mode) => {
      const story = storyOf(mode);
      const drawing = ladderPicture(story, words);
      const lanes = new Map(
        ofClass(drawing, 'name').map((head) => [wordsOf(head)[0] ?? '', numberOf(head, 'x')] as const),
      );
      const rungs = [...ofClass(drawing, 'request'), ...ofClass(drawing, 'reply')];
      const drawn = new Map(
        rungs.map((rung) => {
          const [way, tip] = [ofClass(rung, 'way')[0], ofClass(rung, 'tip')[0]];
          const end = /^M([\d.]+)/.exec(String(tip?.properties.d))?.[1];
          return [wordsOf(rung)[0] ?? '', [numberOf(way, 'x1'), Number(end)]] as const;
        }),
      );
      expect(drawn.size).toBe(story.hops.length);
      for (const hop of story.hops) {
        expect(drawn.get(String(hop.sequence))).toEqual([lanes.get(hop.from), lanes.get(hop.to ?? '')]);
      }
      expect(ofClass(drawing, 'tunnel')).toHaveLength(story.hops.filter(({ outer }) => outer).length);
      expect(outside(drawing, width)).toEqual([]);
      expect(faultsOf(drawing)).toEqual([]);
    },
  );

  it.each(['nat', 'dr', 'tun'])(
    'tells every rewrite of %s in full once, and then where it was told',
    (mode) => {
      const story = storyOf(mode);
      const told = wordsOf(ladderPicture(story, words));
      const rewrites = story.hops.flatMap(({ rewrote }) =>
        rewrote.filter(({ what }) => what !== 'outer-header'),
      );
      const values = new Set(rewrites.map(({ from, to }) => `${from} → ${to}`));
      expect([...values].filter((value) => !told.includes(value))).toEqual([]);
      const rewriting = story.hops.filter(({ rewrote }) => rewrote.length > 0);
      const inFull = told.filter((text) => text === 'dst MAC').length;
      const shortened = told.filter((text) => text.startsWith('rewritten as in ')).length;
      expect(inFull + shortened).toBe(rewriting.length);
    },
  );

  it('tells the outer header of a tunnel', () => {
    expect(wordsOf(ladderPicture(storyOf('tun'), words))).toContain('+ IPIP 10.10.0.2 → 10.10.0.11');
  });

  it('is no higher than a page, and says how many frames it left out', () => {
    const story = storyOf('dr');
    const hops = Array.from({ length: 10 }, () => story.hops).flat();
    const drawing = ladderPicture({ ...story, hops }, words);
    const shown = ofClass(drawing, 'way').length;
    expect(Number(String(drawing.properties.viewBox).split(' ')[3])).toBeLessThan(1030);
    expect(wordsOf(drawing)).toContain(words.evidence.omitted(String(hops.length - shown)));
  });

  it('draws a frame that was dropped, one that no machine is meant by, and what ICMP says', () => {
    const story = storyOf('dr');
    const [first, second] = story.hops;
    const icmp = 'fragmentation needed, the next link takes 1480 bytes';
    const hops = [
      { ...first!, dropped: true },
      { ...second!, to: null, kind: 'icmp' as const, icmp },
    ];
    const drawing = ladderPicture({ ...story, hops }, words);
    expect(ofClass(drawing, 'cross')).toHaveLength(1);
    expect(wordsOf(drawing)).toContain(`SYN ${words.evidence.dropped}`);
    expect(wordsOf(drawing).join(' ')).toContain('1480 bytes');
    expect(outside(drawing, width)).toEqual([]);
  });

  it('has room for five machines with long names', () => {
    const story = storyOf('nat');
    const names = ['client', 'director', 'rs2'];
    const long = (name: string | null) => `a-machine-with-a-long-name-${names.indexOf(name ?? '')}`;
    const hops = story.hops.map((hop, at) => ({
      ...hop,
      from: long(hop.from),
      to: at < 2 ? `${long(hop.to)}${at}` : long(hop.to),
    }));
    expect(outside(ladderPicture({ ...story, hops }, words), width)).toEqual([]);
  });
});
