/**
 * What makes requests fail though the recipe's own set-up is there: rules, queues, limits and the scheduler's choice. As
 * a cause, what to do, and the bare state as it is told where it harms nothing.
 */
export const conditionWords = {
  filtered: {
    cause: 'A rule of the packet filter on {node} is in the way, in {chain}: {rule}',
    remedy: 'On {node}: look at `iptables-save -c` and `nft -a list ruleset`, and take the rule out.',
    state: '{node} has a rule of the packet filter that may take packets of the service, in {chain}: {rule}',
  },
  'reset-by-rule': {
    cause: 'A rule of the packet filter on {node} ends the service’s connections by RST, in {chain}: {rule}',
    remedy: 'On {node}: look at `iptables-save -c` and `nft -a list ruleset`, and take the rule out.',
    state:
      '{node} has a rule of the packet filter that may end connections of the service by RST, in {chain}: {rule}',
  },
  rejected: {
    cause: 'A rule of the packet filter on {node} refuses the service’s packets by ICMP, in {chain}: {rule}',
    remedy: 'On {node}: look at `iptables-save -c` and `nft -a list ruleset`, and take the rule out.',
    state:
      '{node} has a rule of the packet filter that may refuse packets of the service by ICMP, in {chain}: {rule}',
  },
  'queue-impairs': {
    cause: 'A queue on {node} holds back or loses packets: {queue}',
    remedy: 'On {node}: tc qdisc show; tc qdisc del dev {device} root',
    state: 'A queue on {node} is told to hold back or lose packets: {queue}',
  },
  'conntrack-full': {
    cause:
      '{node} follows {count} connections of the {max} that it may (nf_conntrack_max), and throws away what begins another.',
    remedy:
      'On {node}: sysctl -w net.netfilter.nf_conntrack_max=65536; dmesg shows "table full, dropping packet".',
    state: '{node} follows {count} connections of the {max} that it may (nf_conntrack_max).',
  },
  'backlog-full': {
    cause:
      'The web server on {node} did not take new connections fast enough: its queue was full {count} (TcpExtListenOverflows).',
    remedy: 'On {node}: ss -ltn; sysctl net.core.somaxconn; look why the web server does not accept.',
    state: 'The queue of the web server on {node} was full {count}.',
  },
  'drop-packet': {
    cause: 'ip_vs on {node} throws away new requests on purpose: net.ipv4.vs.drop_packet is {found}.',
    remedy: 'On {node}: sysctl -w net.ipv4.vs.drop_packet=0',
    state:
      'ip_vs on {node} throws away one of every {rate} new requests on purpose (net.ipv4.vs.drop_packet is {found}): clients have to send them again.',
  },
  'drop-entry': {
    cause: 'ip_vs on {node} forgets connections on purpose: net.ipv4.vs.drop_entry is {found}.',
    remedy: 'On {node}: sysctl -w net.ipv4.vs.drop_entry=0',
    state: 'ip_vs on {node} forgets connections on purpose: net.ipv4.vs.drop_entry is {found}.',
  },
  'no-servers': {
    cause: 'The virtual service {service} on {node} has no real server at all, so it refuses every request.',
    remedy: 'On {node}: ipvsadm -a {flag} {service} -r RIP {option}',
    state: 'The virtual service {service} on {node} has no real server.',
  },
  'all-weights-zero': {
    cause: 'Every real server of {service} has the weight 0, so {node} refuses every new request.',
    remedy: 'On {node}: ipvsadm -e {flag} {service} -r {address} {option} -w 1',
    state: 'Every real server of {service} on {node} has the weight 0.',
  },
  'all-at-threshold': {
    cause:
      'Every real server of {service} that has a weight is at its upper threshold (ipvsadm -x): {servers}. Inactive connections count too, so {node} refuses new requests until they time out.',
    remedy: 'On {node}: ipvsadm -e {flag} {service} -r {address} {option} -x 0',
    state: 'Every real server of {service} on {node} is at its upper threshold: {servers}.',
  },
  'hashed-to-unavailable': {
    cause:
      'The scheduler {scheduler} maps {clients} of {all} clients to a real server that takes nothing new ({servers}), and asks no other: {node} refuses these clients as long as that is so.',
    remedy:
      'On {node}: ipvsadm -E {flag} {service} {mend}; or another scheduler, such as -s wlc; or give {servers} a weight.',
    state:
      'The scheduler {scheduler} on {node} may map clients to a real server that takes nothing new: {servers}.',
  },
  'ports-hashed-to-unavailable': {
    cause:
      'The scheduler {scheduler} maps each connection by the client’s address and port ({byPort}), some to a real server that takes nothing new ({servers}), and asks no other: {node} refused {refused} of {all}.',
    remedy:
      'On {node}: ipvsadm -E {flag} {service} {mend}; or another scheduler, such as -s wlc; or give {servers} a weight.',
    state:
      'The scheduler {scheduler} on {node} may map connections to a real server that takes nothing new: {servers}.',
  },
  'tunnel-not-taken': {
    cause:
      'The director sends requests for {node} in {tunnel}, and nothing on {node} takes them out of it: {words}.',
    remedy:
      'On the director: ipvsadm -e, with -i --tun-type ipip for {node}. Or on {node}: for GUE, ip fou add port {port} gue; for GRE, ip tunnel add with mode gre.',
    state: 'The director sends requests for {node} in {tunnel}.',
  },
} as const;
