import type { Fault } from '../contract/evidence.ts';
import { message, type Message } from '../contract/message.ts';

/** What can be wrong with a node, in words: the cause, and what to do next. */
export const faultWords = {
  'vip-missing': {
    cause: '{node} does not have the VIP {vip}, so it throws requests for it away.',
    remedy: 'On {node}: ip address add {vip}/32 dev {device}',
  },
  'vip-missing-on-director': {
    cause:
      'The director {node} does not have the VIP {vip} on a network interface, so nobody answers for it.',
    remedy: 'On {node}: ip address add {vip}/32 dev {device}',
  },
  'arp-ignore-off': {
    cause:
      '{node} answers ARP for the VIP, since arp_ignore is {found} on {device}: clients may take it for the director.',
    remedy:
      'On {node}: sysctl -w net.ipv4.conf.all.arp_ignore=1, then empty the neighbour tables of the clients.',
  },
  'arp-announce-off': {
    cause:
      '{node} asks for its neighbours in the name of the VIP, since arp_announce is {found} on {device}: who hears it takes {node} for the owner of the VIP.',
    remedy:
      'On {node}: sysctl -w net.ipv4.conf.all.arp_announce=2, then empty the neighbour tables of the clients.',
  },
  'arp-answered': {
    cause: '{node} answers ARP for the VIP, so clients may take it for the director.',
    remedy:
      'On {node}: sysctl -w net.ipv4.conf.all.arp_ignore=1, then empty the neighbour tables of the clients.',
  },
  'arp-announced': {
    cause: '{node} told others by ARP that the VIP is with it, so clients may take it for the director.',
    remedy:
      'On {node}: sysctl -w net.ipv4.conf.all.arp_announce=2, then empty the neighbour tables of the clients.',
  },
  'nobody-has-vip': {
    cause: 'Nobody answered the {count} questions who has the VIP {vip}, so no request could be sent.',
    remedy: 'Look on {node} whether the VIP is there: ip address show',
  },
  'gateway-wrong': {
    cause:
      '{node} reaches the client {client} {found}, not through the director: its replies do not come back the way the request went, and nobody puts the VIP back in.',
    remedy: 'On {node}: ip route replace default via {wanted}',
  },
  'client-on-link': {
    cause:
      'The client {client} is in the segment of {node}, which therefore answers it directly: in NAT the reply then keeps the address of {node}, and the client does not know it.',
    remedy: 'Put the client into the segment on the other side of the director.',
  },
  'gateway-is-director': {
    cause:
      '{node} sends its replies for the client {client} to the director, which does not take packets from its own address.',
    remedy: 'On {node}: give it a route to {client} that does not lead through the director.',
  },
  'no-route': {
    cause: '{node} has no route to the client {client}, so its replies go nowhere.',
    remedy: 'On {node}: ip route replace default via {wanted}',
  },
  'ip-forward-off': {
    cause: '{node} does not forward packets (ip_forward is 0): what is to pass through it goes no further.',
    remedy: 'On {node}: sysctl -w net.ipv4.ip_forward=1',
  },
  'rp-filter-on': {
    cause:
      '{node} throws away what comes out of the tunnel (rp_filter is {found} on {device}): its way back to the client does not lead into the tunnel.',
    remedy: 'On {node}: sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.{device}.rp_filter=0',
  },
  'tunnel-missing': {
    cause: '{node} has no tunl0, so it knows nothing of protocol 4.',
    remedy: 'On {node}: modprobe ipip; ip link set tunl0 up; ip address add {vip}/32 dev tunl0',
  },
  'tunnel-down': {
    cause: 'tunl0 is down on {node}, so it refuses what the director sends through the tunnel.',
    remedy: 'On {node}: ip link set tunl0 up',
  },
  'not-listening': {
    cause: 'Nothing listens on port {port} of {node}: the web server does not run, or not for {address}.',
    remedy: 'On {node}: look at `ss -ltn`, and start the web server.',
  },
  'service-missing': {
    cause: 'The director {node} has no virtual service {service}.',
    remedy: 'On {node}: ipvsadm -A -t {service} -s {scheduler}',
  },
  'server-missing': {
    cause: 'The virtual service on {node} has no real server {server}, so it is given no request.',
    remedy: 'On {node}: ipvsadm -a -t {service} -r {address} {option}',
  },
  'wrong-method': {
    cause: 'The director {node} hands requests for {server} on by {found}, not by {wanted}.',
    remedy: 'On {node}: ipvsadm -e -t {service} -r {address} {option}',
  },
  refuses: {
    cause: '{node} refused {count} by RST: nothing seems to listen on its port {port}.',
    remedy: 'On {node}: look at `ss -ltn`, and start the web server.',
  },
  unreachable: {
    cause: '{node} refused {count} with ICMP "{words}": {guess}.',
    remedy: 'On {node}: look at `ip -d link show tunl0` and `ss -ltn`.',
  },
  'silent-dr': {
    cause: '{node} was given {count} and said nothing at all: most likely it does not have the VIP {vip}.',
    remedy: 'On {node}: look whether the VIP is on lo: ip address show dev lo',
  },
  'silent-nat': {
    cause:
      '{node} was given {count} and said nothing at all: most likely it has no route back to the client.',
    remedy: 'On {node}: look whether the default route is the director: ip route show default',
  },
  'silent-tun': {
    cause:
      '{node} was given {count} and said nothing at all: most likely rp_filter throws away what comes out of the tunnel, or the VIP {vip} is not on tunl0.',
    remedy:
      'On {node}: look at `sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.tunl0.rp_filter` and `nstat -az TcpExtIPReversePathFilter`.',
  },
  'gateway-unanswered': {
    cause: '{node} asked {count} by ARP who has {address}, the next hop of its replies, and nobody answered.',
    remedy: 'On {node}: ip route show default; in NAT its gateway must be the director.',
  },
  'held-back': {
    cause:
      'Replies of {server} came to the director {node}, which sent none of them on: most likely ip_forward is 0.',
    remedy: 'On {node}: sysctl net.ipv4.ip_forward, which must be 1.',
  },
  'past-director': {
    cause:
      '{node} sent its replies past the director, with its own address: its route to the client does not lead through the director, or the client is in its segment.',
    remedy: 'On {node}: ip route get {client}',
  },
  'into-director': {
    cause: '{node} sent its replies to the director: its route to the client leads there.',
    remedy: 'On {node}: ip route get {client}',
  },
  'not-handed-on': {
    cause:
      'The director {node} got {count} and handed them to no real server: no virtual service, no real server with a weight above 0, or none that answers ARP.',
    remedy: 'On {node}: ipvsadm -Ln, and ip neighbour show',
  },
  'server-away': {
    cause:
      'The director asks by ARP who has {address}, and {node} does not answer: it is off, or its cable is out.',
    remedy: 'Look whether {node} runs, and whether its NIC is up and in the segment.',
  },
  'in-router': {
    cause:
      'Packets of {count} went into {node} and did not come out: it does not forward, has no route, or its rp_filter takes their source for forged.',
    remedy: 'On {node}: sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter; ip route show',
  },
  impaired: {
    cause: 'The lab was told to drop frames: {count} from {node} went nowhere.',
    remedy: 'Take the impairment off the cable of {node}.',
  },
  'wrong-work': {
    cause: 'The director {node} treated packets as another mode does: {found}.',
    remedy: 'On {node}: ipvsadm -Ln, and look at the column Forward.',
  },
  'mtu-unheeded': {
    cause:
      '{node} was told that its packets are too long, or should have been, and sends them again as long as before: "fragmentation needed" does not reach it.',
    remedy:
      'Let ICMP through to {node}, or make its segments shorter: ip route change with advmss 1440, or on the director sysctl -w net.ipv4.vs.pmtu_disc=0',
  },
} as const;

export type FaultKind = keyof typeof faultWords;

/**
 * A fault of a node.
 * @param values What stands in the places of its words, but `node`.
 * @param certain It was read from the node's own state, not guessed from frames.
 */
export function fault(
  kind: FaultKind,
  node: string,
  certain: boolean,
  values: Message['values'] = {},
): Fault {
  const { cause, remedy } = faultWords[kind];
  const all = { node, ...values };
  return {
    kind,
    node,
    certain,
    cause: message(`fault.${kind}.cause`, cause, all),
    remedy: message(`fault.${kind}.remedy`, remedy, all),
  };
}
