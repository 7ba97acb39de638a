/**
 * What a node's own state can lack for the mode: as a cause of what fails, what to do, and the bare state as it is told
 * where it harms nothing.
 */
export const setUpWords = {
  'vip-missing': {
    cause: '{node} does not have the VIP {vip}, so it throws requests for it away.',
    remedy: 'On {node}: ip address add {vip}/32 dev {device}',
    state: '{node} does not have the VIP {vip} as an address.',
  },
  'vip-missing-on-director': {
    cause: '{node} does not have the VIP {vip} on a network interface, so nobody answers for it.',
    remedy: 'On {node}: ip address add {vip}/32 dev {device}',
    state: '{node} does not have the VIP {vip} on a network interface.',
  },
  'arp-ignore-off': {
    cause:
      '{node} answers ARP for the VIP, since arp_ignore is {found} on {device}: clients may take it for the director.',
    remedy:
      'On {node}: sysctl -w net.ipv4.conf.all.arp_ignore=1, then empty the neighbour tables of the clients.',
    state: 'arp_ignore is {found} on {device} of {node}, which lets it answer ARP for the VIP.',
  },
  'arp-announce-off': {
    cause:
      '{node} asks for its neighbours in the name of the VIP, since arp_announce is {found} on {device}: who hears it takes {node} for the owner of the VIP.',
    remedy:
      'On {node}: sysctl -w net.ipv4.conf.all.arp_announce=2, then empty the neighbour tables of the clients.',
    state: 'arp_announce is {found} on {device} of {node}, which lets it ask by ARP in the name of the VIP.',
  },
  'gateway-wrong': {
    cause:
      '{node} reaches the client {client} {found}, not through the director: its replies do not come back the way the request went, and nobody puts the VIP back in.',
    remedy: 'On {node}: ip route replace default via {wanted}',
    state: '{node} reaches the client {client} {found}, not through the director.',
  },
  'client-on-link': {
    cause:
      'The client {client} is in the segment of {node}, which therefore answers it directly: in NAT the reply then keeps the address of {node}, and the client does not know it.',
    remedy: 'Put the client into the segment on the other side of the director.',
    state: 'The client {client} is in the segment of {node}.',
  },
  'gateway-is-director': {
    cause:
      '{node} sends its replies for the client {client} to the director, which does not take packets from its own address.',
    remedy: 'On {node}: give it a route to {client} that does not lead through the director.',
    state: 'The way of {node} to the client {client} leads to the director.',
  },
  'no-route': {
    cause: '{node} has no route to the client {client}, so its replies go nowhere.',
    remedy: 'On {node}: ip route replace default via {wanted}',
    state: '{node} has no route to the client {client}.',
  },
  'ip-forward-off': {
    cause: '{node} does not forward packets (ip_forward is 0): what is to pass through it goes no further.',
    remedy: 'On {node}: sysctl -w net.ipv4.ip_forward=1',
    state: 'ip_forward is 0 on {node}.',
  },
  'rp-filter-on': {
    cause:
      '{node} throws away what comes out of the tunnel (rp_filter is {found} on {device}): its way back to the client does not lead into the tunnel.',
    remedy: 'On {node}: sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.{device}.rp_filter=0',
    state: 'rp_filter is {found} for {device} of {node}.',
  },
  'tunnel-missing': {
    cause: '{node} has no tunl0, so it knows nothing of protocol 4.',
    remedy: 'On {node}: modprobe ipip; ip link set tunl0 up; ip address add {vip}/32 dev tunl0',
    state: '{node} has no tunl0.',
  },
  'tunnel-down': {
    cause: 'tunl0 is down on {node}, so it refuses what the director sends through the tunnel.',
    remedy: 'On {node}: ip link set tunl0 up',
    state: 'tunl0 is down on {node}.',
  },
  'not-listening': {
    cause: 'Nothing listens on port {port} of {node}: the web server does not run, or not for {address}.',
    remedy: 'On {node}: look at `ss -ltn`, and start the web server.',
    state: 'Nothing listens on port {port} of {node} for {address}.',
  },
  'service-missing': {
    cause: '{node} has no virtual service {service}.',
    remedy: 'On {node}: ipvsadm -A -t {service} -s {scheduler}',
    state: '{node} has no virtual service {service}.',
  },
  'server-missing': {
    cause: 'The virtual service on {node} has no real server {server}, so it is given no request.',
    remedy: 'On {node}: ipvsadm -a {flag} {service} -r {address} {option}',
    state: 'The virtual service on {node} has no real server {server}.',
  },
  'wrong-method': {
    cause: '{node} hands requests for {server} on by {found}, not by {wanted}.',
    remedy: 'On {node}: ipvsadm -e {flag} {service} -r {address} {option}',
    state: '{node} has {server} by {found}, not by {wanted}.',
  },
  'vip-covers-client': {
    cause:
      '{node} has the VIP as {address} on {device}, and so takes every address of that net for its own, that of the client {client} too: its replies never leave it.',
    remedy: 'On {node}: ip address del {address} dev {device}; ip address add {vip}/32 dev {device}',
    state:
      '{node} has the VIP as {address} on {device}, which makes the client {client} an address of its own.',
  },
  'vip-on-asked-nic': {
    cause:
      '{node} has the VIP on {device}, the very network interface that is asked for it: arp_ignore {found} does not keep it from answering there.',
    remedy: 'On {node}: ip address del {vip} dev {device}; ip address add {vip}/32 dev lo',
    state: '{node} has the VIP on {device}, which is asked for it by ARP, with arp_ignore {found}.',
  },
  'node-off': {
    cause: '{node} is off, so nobody answers what the director hands to it.',
    remedy: 'Start it (lvslab start), or take it out on the director: ipvsadm -e, with the weight 0',
    state: '{node} is off.',
  },
  'node-unanswered': {
    cause: '{node} did not answer when it was asked for its state: it may be paused, hang, or be shut off.',
    remedy: 'Look whether {node} runs: lvslab ls, and its console.',
    state: '{node} did not answer when it was asked for its state.',
  },
} as const;
