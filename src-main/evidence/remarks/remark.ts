import type { Remark } from '../../contract/evidence.ts';
import { message, type Message } from '../../contract/message.ts';

/** What is worth knowing and refutes nothing, in words; with what may be done about it where something may. */
export const remarkWords = {
  'way-redirect': {
    words:
      '{node} takes packets for the VIP by a rule that redirects them to itself, and needs the VIP on no interface: {rule}',
    advice: null,
  },
  'way-tproxy': {
    words: '{node} takes packets for the VIP by a TPROXY rule: {rule}',
    advice: null,
  },
  'way-dnat': {
    words: '{node} takes packets for the VIP by a rule that gives them another destination: {rule}',
    advice: null,
  },
  'way-local-route': {
    words: '{node} takes packets for the VIP by a local route, without having the VIP as an address.',
    advice: null,
  },
  'way-device': {
    words: '{node} has the VIP on {device}, not on {wanted} as the recipe has it.',
    advice: null,
  },
  'mask-zero': {
    words:
      '{node} has the VIP as {address} on {label}: what `ifconfig {label} {vip}/32` leaves, for net-tools 2.10 takes /32 for the mask 0.0.0.0 and says nothing. The kernel makes no route of the prefix 0, so packets for the VIP are taken as with /32, and routes, ARP and other addresses are not touched.',
    advice:
      'What it does harm: `ip address del {vip}/32` does not find it, and a second such address there goes when the first is taken away. To set it right: ip address del {address} dev {device}; ip address add {vip}/32 dev {device}; or ifconfig {label} {vip} netmask 255.255.255.255',
  },
  'mask-wide': {
    words:
      '{node} has the VIP as {address} on {device}, with a prefix other than 32: on {device} that makes routes to a whole net.',
    advice: 'On {node}: ip address del {address} dev {device}; ip address add {vip}/32 dev {device}',
  },
  differs: {
    words:
      '{state} No request failed by it: the frames show that {node} does its part, in another way than the recipe’s.',
    advice: null,
  },
  'differs-idle': {
    words: '{state} No request came to it, so whether that harms is not shown.',
    advice: 'This would set it right: {remedy}',
  },
  condition: {
    words: '{state} No request of this load failed by it.',
    advice: 'This would set it right: {remedy}',
  },
  'service-by-mark': {
    words:
      'The requests are taken by the service of the firewall mark {mark}, not by one of {vip}:{port}: {why}',
    advice: null,
  },
  'service-any-port': {
    words: 'The requests are taken by the service {address}, which stands for every port of the VIP.',
    advice: null,
  },
  'left-out': {
    words: '{node} was given no request of {count}: {why}.',
    advice: null,
  },
  'other-tunnel': {
    words: '{count} went to {node} in {tunnel}, not in IPIP as the recipe has it.',
    advice: 'On the director: ipvsadm -e, with -i --tun-type ipip for {node}, if IPIP was meant.',
  },
  'extra-servers': {
    words: 'The service on {node} has entries for {servers}, which are no real servers of the lab.',
    advice: null,
  },
  'own-answers': {
    words: '{node} answered {count} itself: its table has it as a real server, or ip_vs did not take them.',
    advice: null,
  },
  retried: {
    words: '{count} came through only after the client had sent its SYN again: the first went nowhere.',
    advice: 'Look at `nstat -az` on the nodes, and at impairments of cables and queues (tc qdisc show).',
  },
} as const;

export type RemarkKind = keyof typeof remarkWords;

/** A remark about a node; `values` stand in the places of its words and its advice. */
export function remark(kind: RemarkKind, node: string, values: Message['values'] = {}): Remark {
  const { words, advice } = remarkWords[kind];
  const all = { node, ...values };
  return {
    ...{ kind, node },
    words: message(`remark.${kind}.words`, words, all),
    advice: advice === null ? null : message(`remark.${kind}.advice`, advice, all),
  };
}
