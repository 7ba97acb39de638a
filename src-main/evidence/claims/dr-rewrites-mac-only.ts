import { wordsOf, type Claim } from './claim.ts';
import { judgeRequestWork } from './director-work-claim.ts';

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
  judge: (evidence) =>
    judgeRequestWork(evidence, 'mac-only', {
      say,
      proved: '{count} went on with another destination MAC and the same addresses and ports.',
    }),
};
