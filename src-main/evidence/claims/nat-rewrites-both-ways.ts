import { countOf } from '../../contract/message.ts';
import { wordsOf, type Claim } from './claim.ts';
import { asWanted, otherVariant, otherWork } from './director-work-claim.ts';
import { notAccounted } from './not-accounted.ts';

const id = 'nat-rewrites-both-ways';
const say = wordsOf(id);

export const natRewritesBothWays: Claim = {
  id,
  modes: ['nat'],
  title: 'The director rewrites addresses both ways',
  statement: {
    nat: 'A request goes on with a RIP in place of the VIP as its destination; a reply goes on with the VIP in place of that RIP as its source. The client’s end stays.',
  },
  needs: ['frames'],
  follows: ['director-set-up'],
  premises: ['reply-path'],
  judge(evidence) {
    const { requestWork, replyWork } = evidence.findings.frames;
    const wrong =
      otherWork(evidence, requestWork, 'addresses', say) ?? otherWork(evidence, replyWork, 'addresses', say);
    if (wrong) return wrong;
    const variant = otherVariant(evidence, 'addresses', say);
    if (variant) return variant;
    const [there, back] = [asWanted(requestWork, 'addresses'), asWanted(replyWork, 'addresses')];
    const values = {
      there: countOf(there.count, 'request packet'),
      back: countOf(back.count, 'reply packet'),
    };
    if (there.count === 0 || back.count === 0)
      return { verdict: 'not-shown', why: say('half', '{there} and {back} were seen rewritten.', values) };
    const open = notAccounted(evidence);
    if (open) return open;
    return {
      verdict: 'proved',
      why: say('proved', '{there} got a RIP for the VIP, and {back} the VIP for the RIP.', values),
      frames: [...there.frames.slice(0, 4), ...back.frames.slice(0, 4)],
    };
  },
};
