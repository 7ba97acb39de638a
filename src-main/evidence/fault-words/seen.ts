/** What failed requests and wrong frames look like on the wires, where no node's state tells why. */
export const seenWords = {
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
  'vip-unheard': {
    cause:
      '{node} has the VIP {vip}, yet nobody heard an answer to the {count} questions who has it: the question or the answer goes lost on the way, or something on {node} keeps it from answering.',
    remedy:
      'Take the faults off the cables of the client and of {node}. If there are none, on {node}: arptables -S; nft list ruleset; sysctl net.ipv4.conf.all.arp_ignore',
  },
  'arp-unheard': {
    cause:
      '{node} asked {count} who has the VIP {vip}; each question was answered on the wire, and it asked again and sent no request: the answers do not reach it.',
    remedy:
      'Take the faults off the cable of {node}. If there are none, on {node}: arptables -S; nft list ruleset',
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
      'Replies of {server} came to {node}, which sent none of them on: ip_forward may be 0, or a filter takes them.',
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
      '{node} got {count} and handed them to no real server: no virtual service, no real server with a weight above 0, or none that answers ARP.',
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
    cause: '{node} treated packets as another mode does: {found}.',
    remedy: 'On {node}: ipvsadm -Ln, and look at the column Forward.',
  },
  'mtu-unheeded': {
    cause:
      '{node} was told that its packets are too long, or should have been, and sends them again as long as before: "fragmentation needed" does not reach it.',
    remedy:
      'Let ICMP through to {node}, or make its segments shorter: ip route change with advmss 1440, or on the director sysctl -w net.ipv4.vs.pmtu_disc=0',
  },
  'director-refuses': {
    cause: '{node} refused {count} with ICMP "{words}": its virtual service had no real server for them.',
    remedy: 'On {node}: ipvsadm -Ln; ipvsadm -Ln --thresholds',
  },
  'director-resets': {
    cause:
      '{node} itself ended {count} by RST: ip_vs did not take them, so its own TCP did, where nothing listens.',
    remedy: 'On {node}: ipvsadm -Ln; ipvsadm -Lnc',
  },
  broken: {
    cause: '{node} took {count} and then ended them by RST: the program that listens there broke off.',
    remedy: 'On {node}: look at the log of the web server.',
  },
  stalled: {
    cause: '{node} took {count} and then sent no answer.',
    remedy: 'On {node}: look at `ss -tn`, the load (uptime) and the log of the web server.',
  },
  'client-deaf': {
    cause: 'SYN-ACKs of {count} came back to {node}, which did not go on: something on it throws them away.',
    remedy: 'On {node}: nft list ruleset; nstat -az | grep -i -e drop -e filter',
  },
  'http-status': {
    cause:
      'The web server on {node} answered {count} with the HTTP status {status}: the request came to it and the answer back, so LVS did its part.',
    remedy: 'On {node}: look at the configuration and the log of the web server.',
  },
  'answer-broken': {
    cause: '{count} got an answer that was not whole: curl calls them {words}.',
    remedy: 'Look at the requests in the client: curl -v',
  },
  'never-seen': {
    cause:
      '{node} sent {count} of which no frame is on record: it had no way to the VIP, or a filter of its own took them.',
    remedy: 'On {node}: ip route get {vip}; ip neighbour show; nft list ruleset',
  },
  unknown: {
    cause: 'It is not known why {count} failed at {node}. What was seen: {seen}.',
    remedy: 'Look next: {next}',
  },
} as const;
