import type { Evidence } from '../evidence.ts';
import { difference, type Difference } from '../faults.ts';
import { mapLab } from '../lab-map.ts';
import { servingService } from '../serving-service.ts';
import { directorFaults, tableFaults } from './director-faults.ts';
import { hasAddress, realServerFaults } from './real-server-faults.ts';

/** Where the state of directors and real servers is not what the recipe of the mode makes it. */
export function setUpDifferences(evidence: Evidence): Difference[] {
  return [...directorDifferences(evidence), ...mapLab(evidence.lab).realServers.flatMap(ofServer)];

  function ofServer(node: string): Difference[] {
    const { lab, mode, facts = {} } = evidence;
    const own = facts[node];
    return own ? realServerFaults(lab, mode, node, own) : unreadNode(evidence, node);
  }
}

/** Of one director: its own state, and of the first of them its table. */
function directorDifferences(evidence: Evidence): Difference[] {
  const { lab, mode, facts = {} } = evidence;
  const { directors } = mapLab(lab);
  const own = activeDirectors(evidence).flatMap((node) => {
    const state = facts[node];
    return state ? directorFaults(lab, mode, node, state) : [];
  });
  const serving = servingService(evidence);
  return [
    ...own,
    ...(serving ? tableFaults(lab, mode, serving) : []),
    ...directors.flatMap((node) => unreadNode(evidence, node)),
  ];
}

/** Of several directors whose state was read, the one that holds the VIP: the others stand by. */
export function activeDirectors({ lab, facts = {} }: Evidence): string[] {
  const { directors } = mapLab(lab);
  const read = directors.filter((node) => node in facts);
  const active = read.filter((node) => {
    const own = facts[node];
    return own !== undefined && hasAddress(own, lab.service.vip);
  });
  return active.length > 0 ? active : read;
}

function unreadNode({ unread = {} }: Evidence, node: string): Difference[] {
  const reason = unread[node];
  if (reason === undefined) return [];
  return [difference(reason === 'off' ? 'node-off' : 'node-unanswered', node, {}, reason === 'off')];
}
