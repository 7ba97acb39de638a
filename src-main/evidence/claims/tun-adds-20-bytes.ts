import { wordsOf, type Claim } from './claim.ts';
import { judgeRequestWork } from './director-work-claim.ts';

const id = 'tun-adds-20-bytes';
const say = wordsOf(id);

export const tunAdds20Bytes: Claim = {
  id,
  modes: ['tun'],
  title: 'The director puts requests into IPIP, 20 bytes longer',
  statement: {
    tun: 'The director hands a request on whole, client to VIP, inside an IP packet of protocol 4 from the DIP to a RIP, exactly 20 bytes longer.',
  },
  needs: ['frames'],
  follows: ['director-set-up'],
  premises: [],
  judge: (evidence) =>
    judgeRequestWork(evidence, 'ipip', {
      say,
      proved: '{count} went on unchanged inside protocol 4, DIP to RIP, each 20 bytes longer.',
    }),
};
