import { arpOnlyDirector } from './arp-only-director.ts';
import type { Claim } from './claim.ts';
import { countersAgree } from './counters-agree.ts';
import { directorSetUp } from './director-set-up.ts';
import { drRewritesMacOnly } from './dr-rewrites-mac-only.ts';
import { everyRequestAnswered } from './every-request-answered.ts';
import { mtu } from './mtu.ts';
import { natRewritesBothWays } from './nat-rewrites-both-ways.ts';
import { noBypass } from './no-bypass.ts';
import { realServerSetUp } from './real-server-set-up.ts';
import { replyPath } from './reply-path.ts';
import { requestsPassDirector } from './requests-pass-director.ts';
import { tunAdds20Bytes } from './tun-adds-20-bytes.ts';

/** Every claim, causes before what may follow from them. */
export const allClaims: readonly Claim[] = [
  directorSetUp,
  realServerSetUp,
  arpOnlyDirector,
  requestsPassDirector,
  noBypass,
  replyPath,
  drRewritesMacOnly,
  natRewritesBothWays,
  tunAdds20Bytes,
  mtu,
  everyRequestAnswered,
  countersAgree,
];
