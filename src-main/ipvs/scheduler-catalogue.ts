import type { SchedulerInfo } from '../contract/ipvs.ts';
import { message } from '../contract/message.ts';

// What each does is read from its source, net/netfilter/ipvs/ip_vs_NAME.c of Linux 6.1. In all of them weight 0 takes
// no new connections, and a server above its upper threshold is passed over, but for the one that lblc has bound.

const weight = 'weight of each server (-w)';
const weightIsZeroOrNot = 'weight (-w): only whether it is 0';

/** Every scheduler of Linux 6.1, in the order in which a course meets them. */
export const schedulerCatalogue: readonly SchedulerInfo[] = [
  {
    name: 'rr',
    title: 'Round robin',
    does: message('scheduler.rr.does', 'Gives each new connection to the next server in turn.'),
    predicts: 'An exact alternation over all servers.',
    since: 'all',
    parameters: [weightIsZeroOrNot],
  },
  {
    name: 'wrr',
    title: 'Weighted round robin',
    does: message(
      'scheduler.wrr.does',
      'Goes round the servers in passes, from the greatest weight down, and takes those that still have as much.',
    ),
    predicts: 'An exact sequence in which every server has turns in proportion to its weight.',
    since: 'all',
    parameters: [weight],
  },
  {
    name: 'lc',
    title: 'Least connection',
    does: message(
      'scheduler.lc.does',
      'Takes the server with the fewest connections, an active one counted as 256 inactive ones.',
    ),
    predicts:
      'Equal shares for short connections one after another; with several at once, it depends on how long each stays open.',
    since: 'all',
    parameters: [weightIsZeroOrNot],
  },
  {
    name: 'wlc',
    title: 'Weighted least connection',
    does: message(
      'scheduler.wlc.does',
      'Takes the server with the fewest connections for its weight; it is the one ipvsadm uses when none is named.',
    ),
    predicts:
      'Shares by weight for short connections one after another; with several at once, it depends on how long each stays open.',
    since: 'all',
    parameters: [weight],
  },
  {
    name: 'lblc',
    title: 'Locality-based least connection',
    does: message(
      'scheduler.lblc.does',
      'Keeps each destination address with one server, chosen as by wlc, until that one has more active connections than its weight.',
    ),
    predicts:
      'One VIP is one destination: one server answers everything, unless several connections overload it.',
    since: 'all',
    parameters: [weight, 'sysctl net.ipv4.vs.lblc_expiration'],
  },
  {
    name: 'lblcr',
    title: 'Locality-based least connection with replication',
    does: message(
      'scheduler.lblcr.does',
      'As lblc, but keeps a set of servers for each destination address, which grows under overload and shrinks again.',
    ),
    predicts:
      'One VIP is one destination: one server answers everything, unless several connections overload it.',
    since: 'all',
    parameters: [weight, 'sysctl net.ipv4.vs.lblcr_expiration'],
  },
  {
    name: 'dh',
    title: 'Destination hashing',
    does: message(
      'scheduler.dh.does',
      'Chooses the server by a hash of the destination address; meant for a director in front of caches.',
    ),
    predicts: 'One VIP is one destination: one server answers everything.',
    since: 'all',
    parameters: [weightIsZeroOrNot],
  },
  {
    name: 'sh',
    title: 'Source hashing',
    does: message('scheduler.sh.does', "Chooses the server by a hash of the client's address."),
    predicts:
      'One client address always meets the same server; several addresses spread, but not evenly at will.',
    since: 'all',
    parameters: [
      weight,
      'flag sh-port: the port counts too',
      'flag sh-fallback: another server where that one is out',
    ],
  },
  {
    name: 'sed',
    title: 'Shortest expected delay',
    does: message(
      'scheduler.sed.does',
      'Takes the server with the least (active connections + 1) for its weight.',
    ),
    predicts:
      'For connections one after another, none of which overlap: one of those with the greatest weight answers everything.',
    since: 'all',
    parameters: [weight],
  },
  {
    name: 'nq',
    title: 'Never queue',
    does: message(
      'scheduler.nq.does',
      'Takes the first server that has no active connection, and goes by sed when there is none.',
    ),
    predicts:
      'For connections one after another, none of which overlap: the first in the list answers everything.',
    since: 'all',
    parameters: [weight],
  },
  {
    name: 'fo',
    title: 'Weighted failover',
    does: message(
      'scheduler.fo.does',
      'Sends everything to the server with the greatest weight that is there.',
    ),
    predicts: 'One server, of the greatest weight, answers everything.',
    since: '3.18',
    parameters: [weight],
  },
  {
    name: 'ovf',
    title: 'Weighted overflow',
    does: message(
      'scheduler.ovf.does',
      'Sends everything to the server with the greatest weight, until it has more active connections than its weight; then to the next.',
    ),
    predicts:
      'One server, of the greatest weight, answers everything while no more connections are open than its weight.',
    since: '4.3',
    parameters: [weight],
  },
  {
    name: 'mh',
    title: 'Maglev hashing',
    does: message(
      'scheduler.mh.does',
      "Chooses the server by a hash of the client's address, in a table that changes little when a server comes or goes.",
    ),
    predicts: 'One client address always meets the same server; several addresses spread by weight, roughly.',
    since: '4.18',
    parameters: [
      weight,
      'flag mh-port: the port counts too',
      'flag mh-fallback: another server where that one is out',
    ],
  },
  {
    name: 'twos',
    title: 'Power of two choices',
    does: message(
      'scheduler.twos.does',
      'Draws two servers at random by weight, and takes the one with fewer connections for its weight.',
    ),
    predicts:
      'Shares by weight for short connections one after another; with several at once, it depends on how long each stays open.',
    since: '5.12',
    parameters: [weight],
  },
];
