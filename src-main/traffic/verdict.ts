import type { DirectorState } from '../contract/director-log.ts';
import type { Judgement } from '../contract/ipvs.ts';
import { message } from '../contract/message.ts';
import { defaultSignificance, goodnessOfFit, observationsNeeded } from './chi-square.ts';
import type { Judged } from './judged.ts';
import { keptWords, sharesWords, strayWords, unknownWords } from './judge-words.ts';

type Verdict = Pick<Judgement, 'verdict' | 'words' | 'shares' | 'test'>;

/** How often servers drawn by lot may come out as promised before a load is too short to say anything: one in eight. */
const mostLuck = Math.log(1 / 8);

/** What a load comes to, held against its scheduler. */
export function verdictOf(judged: Judged, state: DirectorState): Verdict {
  const { picks, unknown, stray, unseen, luck } = judged;
  const nothing = { shares: null, test: null };
  if (unknown !== undefined) return { verdict: 'not-predictable', words: unknownWords(unknown), ...nothing };
  if (picks === 0) {
    const words = message('judged.none', 'No connection reached the director, so nothing is judged.');
    return { verdict: 'not-predictable', words, ...nothing };
  }
  if (unseen === picks || (stray && unseen > 0)) {
    const words = 'Nothing is judged: frames do not show what ip_vs did with {count} of {all} connections.';
    const why = message('judged.unseen', words, { count: unseen, all: picks });
    return { verdict: 'not-predictable', words: why, ...nothing };
  }
  if (stray) return { verdict: 'not-as-promised', words: strayWords(stray, state), ...nothing };
  const shares = sharesOf(judged, state);
  if (state.scheduler === drawing) return judgeDrawn(judged, state, shares);
  if (luck > mostLuck) {
    const percent = Number((100 * Math.exp(luck)).toPrecision(2));
    const words =
      'Too short to judge: {count} connections reached the director, and servers drawn by lot come out so in {percent}% of all loads.';
    return {
      verdict: 'too-short',
      words: message('judged.too-short', words, { count: picks, percent }),
      shares,
      test: null,
    };
  }
  return { verdict: 'as-promised', words: keptWords(judged, state), shares, test: null };
}

/** The scheduler that draws by lot (ip_vs_twos.c): its shares alone can be judged. */
const drawing = 'twos';

function judgeDrawn(judged: Judged, state: DirectorState, shares: Verdict['shares']): Verdict {
  const { counts, expected: due } = judged.drawn;
  const sum = total(due);
  if (sum === 0) {
    const why = message(
      'unknown.chances',
      'what a connection counts for in this kernel, or which have expired, is not known, so the chances are not',
    );
    const words = message('judged.not-predictable', 'Nothing is judged: {why}.', { why });
    return { verdict: 'not-predictable', words, shares: null, test: null };
  }
  const expected = new Map([...due].map(([address, count]) => [address, count / sum]));
  const names = new Map(state.servers.map(({ address, name }) => [address, name]));
  const byName = (counts: ReadonlyMap<string, number>) =>
    new Map([...counts].map(([address, count]) => [names.get(address) ?? address, count]));
  const test = goodnessOfFit(byName(counts), byName(expected));
  const needed = observationsNeeded(expected.values());
  const handed = total(counts);
  if (handed < needed) {
    const words =
      'Too short to judge: {handed} connections were handed on, and {needed} are needed for 5 expected at every server.';
    return {
      verdict: 'too-short',
      words: message('judged.too-few', words, { handed, needed }),
      shares,
      test,
    };
  }
  const fits = test.pValue >= defaultSignificance;
  return { verdict: fits ? 'as-promised' : 'not-as-promised', words: sharesWords(test, fits), shares, test };
}

/** The part of all connections that each machine was to get; null where there is none to get any. */
function sharesOf({ expected }: Judged, { servers }: DirectorState): Verdict['shares'] {
  const sum = total(expected);
  if (sum === 0) return null;
  const shares: Record<string, number> = {};
  for (const { address, machine } of servers)
    shares[machine] = (shares[machine] ?? 0) + (expected.get(address) ?? 0) / sum;
  return shares;
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
