import { countOf } from '../message.ts';
import { wordsOf, type Claim } from './claim.ts';
import { asWanted, otherWork } from './director-work-claim.ts';

const id = 'dr-rewrites-mac-only';
const say = wordsOf(id);

export const drRewritesMacOnly: Claim = {
  id,
  modes: ['dr'],
  title: 'The director rewrites the MAC address and no IP address',
  statement: {
    dr: 'What the director hands on differs from what it got in its MAC addresses (and, with newer kernels, the time to live), in no IP address and no port.',
  },
  needs: ['frames'],
  follows: ['director-set-up'],
  premises: [],
  judge(evidence) {
    const { requestWork } = evidence.findings.frames;
    const wrong = otherWork(evidence, requestWork, 'mac-only', say);
    if (wrong) return wrong;
    const { count, frames } = asWanted(requestWork, 'mac-only');
    if (count === 0)
      return {
        verdict: 'not-shown',
        why: say('none', 'The director handed on no request that is on record before.'),
      };
    return {
      verdict: 'proved',
      why: say('proved', '{count} went on with another destination MAC and the same addresses and ports.', {
        count: countOf(count, 'packet'),
      }),
      frames,
    };
  },
};
