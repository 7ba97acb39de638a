/** The sentences about causes and bare state that came after those of faults.ts, in Simplified Chinese, by their id. */
export const causes: Readonly<Record<string, string>> = {
  'fault.vip-missing.state': '{node} 没有把 VIP {vip} 配置为地址。',
  'fault.vip-missing-on-director.state': '{node} 的网络接口上没有 VIP {vip}。',
  'fault.arp-ignore-off.state': '{node} 的 {device} 上 arp_ignore 为 {found}，因此它可以对 VIP 的 ARP 作答。',
  'fault.arp-announce-off.state':
    '{node} 的 {device} 上 arp_announce 为 {found}，因此它可以用 VIP 的名义发 ARP 询问。',
  'fault.gateway-wrong.state': '{node} {found}到达客户端 {client}，不经过调度器。',
  'fault.client-on-link.state': '客户端 {client} 与 {node} 在同一网段。',
  'fault.gateway-is-director.state': '{node} 到客户端 {client} 的路经过调度器。',
  'fault.no-route.state': '{node} 没有到客户端 {client} 的路由。',
  'fault.ip-forward-off.state': '{node} 的 ip_forward 为 0。',
  'fault.rp-filter-on.state': '{node} 的 {device} 上 rp_filter 为 {found}。',
  'fault.tunnel-missing.state': '{node} 没有 tunl0。',
  'fault.tunnel-down.state': '{node} 的 tunl0 未启用。',
  'fault.not-listening.state': '{node} 的端口 {port} 上没有程序为 {address} 监听。',
  'fault.service-missing.state': '{node} 没有虚拟服务 {service}。',
  'fault.server-missing.state': '{node} 的虚拟服务没有真实服务器 {server}。',
  'fault.wrong-method.state': '{node} 对 {server} 用的是{found}，不是{wanted}。',
  'fault.vip-covers-client.cause':
    '{node} 的 VIP 是 {device} 上的 {address}，因此它把该网段的所有地址都当作自己的，客户端 {client} 也在内：它的应答从不离开本机。',
  'fault.vip-covers-client.remedy':
    '在 {node} 上：ip address del {address} dev {device}; ip address add {vip}/32 dev {device}',
  'fault.vip-covers-client.state':
    '{node} 的 VIP 是 {device} 上的 {address}，客户端 {client} 因此成了它自己的地址。',
  'fault.vip-on-asked-nic.cause':
    '{node} 的 VIP 在 {device} 上，ARP 正是在这个接口上询问它：arp_ignore 为 {found} 不能使它在那里沉默。',
  'fault.vip-on-asked-nic.remedy':
    '在 {node} 上：ip address del {vip} dev {device}; ip address add {vip}/32 dev lo',
  'fault.vip-on-asked-nic.state': '{node} 的 VIP 在 {device} 上，ARP 在那里询问它，arp_ignore 为 {found}。',
  'fault.node-off.cause': '{node} 已关机，所以调度器交给它的请求没有人应答。',
  'fault.node-off.remedy': '启动它（lvslab start），或在调度器上把它的权重设为 0：ipvsadm -e',
  'fault.node-off.state': '{node} 已关机。',
  'fault.node-unanswered.cause': '询问状态时 {node} 没有回答：它可能被暂停、挂起或关机。',
  'fault.node-unanswered.remedy': '查看 {node} 是否在运行：lvslab ls，以及它的控制台。',
  'fault.node-unanswered.state': '询问状态时 {node} 没有回答。',
  'fault.director-refuses.cause': '{node} 用 ICMP“{words}”拒绝了{count}：它的虚拟服务没有可用的真实服务器。',
  'fault.director-refuses.remedy': '在 {node} 上：ipvsadm -Ln; ipvsadm -Ln --thresholds',
  'fault.director-resets.cause':
    '{node} 自己用 RST 终止了{count}：ip_vs 没有接收它们，于是由它自己的 TCP 处理，而那里没有程序监听。',
  'fault.director-resets.remedy': '在 {node} 上：ipvsadm -Ln; ipvsadm -Lnc',
  'fault.broken.cause': '{node} 接受了{count}，随后用 RST 终止：那里监听的程序中断了它们。',
  'fault.broken.remedy': '在 {node} 上：查看 Web 服务器的日志。',
  'fault.stalled.cause': '{node} 接受了{count}，随后没有发出应答。',
  'fault.stalled.remedy': '在 {node} 上：查看 `ss -tn`、负载（uptime）和 Web 服务器的日志。',
  'fault.client-deaf.cause': '{count}的 SYN-ACK 回到了 {node}，它却没有继续：它上面有什么把它们丢弃了。',
  'fault.client-deaf.remedy': '在 {node} 上：nft list ruleset; nstat -az',
  'fault.http-status.cause':
    '{node} 的 Web 服务器用 HTTP 状态 {status} 应答了{count}：请求到达了它，应答也回来了，LVS 尽了它的职责。',
  'fault.http-status.remedy': '在 {node} 上：查看 Web 服务器的配置和日志。',
  'fault.answer-broken.cause': '{count}得到的应答不完整：curl 称之为 {words}。',
  'fault.answer-broken.remedy': '在客户端查看这些请求：curl -v',
  'fault.never-seen.cause':
    '{node} 发出的{count}在记录中没有任何帧：它没有到 VIP 的路，或被它自己的过滤规则拦下。',
  'fault.never-seen.remedy': '在 {node} 上：ip route get {vip}; ip neighbour show; nft list ruleset',
  'fault.unknown.cause': '不知道{count}为什么在 {node} 失败。看到的是：{seen}。',
  'fault.unknown.remedy': '接下来查看：{next}',
  'fault.filtered.cause': '{node} 上的一条包过滤规则挡住了路，在 {chain} 中：{rule}',
  'fault.filtered.remedy': '在 {node} 上：查看 `iptables-save -c` 和 `nft -a list ruleset`，删除该规则。',
  'fault.reset-by-rule.cause': '{node} 上的一条包过滤规则用 RST 断开该服务的连接，在 {chain} 中：{rule}',
  'fault.reset-by-rule.remedy':
    '在 {node} 上：查看 `iptables-save -c` 和 `nft -a list ruleset`，删除该规则。',
  'fault.reset-by-rule.state': '{node} 有一条可能用 RST 断开该服务连接的包过滤规则，在 {chain} 中：{rule}。',
  'fault.rejected.cause': '{node} 上的一条包过滤规则用 ICMP 拒绝该服务的数据包，在 {chain} 中：{rule}',
  'fault.rejected.remedy': '在 {node} 上：查看 `iptables-save -c` 和 `nft -a list ruleset`，删除该规则。',
  'fault.rejected.state': '{node} 有一条可能用 ICMP 拒绝该服务的包过滤规则，在 {chain} 中：{rule}。',
  'fault.filtered.state': '{node} 有一条可能拦截该服务的包过滤规则，在 {chain} 中：{rule}。',
  'fault.queue-impairs.cause': '{node} 上的一个队列延迟或丢弃包：{queue}',
  'fault.queue-impairs.remedy': '在 {node} 上：tc qdisc show; tc qdisc del dev {device} root',
  'fault.queue-impairs.state': '{node} 上的一个队列被设置为延迟或丢弃包：{queue}。',
  'fault.conntrack-full.cause':
    '{node} 跟踪着 {count} 个连接，上限是 {max}（nf_conntrack_max），新连接的包被丢弃。',
  'fault.conntrack-full.remedy':
    '在 {node} 上：sysctl -w net.netfilter.nf_conntrack_max=65536；dmesg 会显示 "table full, dropping packet"。',
  'fault.conntrack-full.state': '{node} 跟踪着 {count} 个连接，上限是 {max}（nf_conntrack_max）。',
  'fault.backlog-full.cause':
    '{node} 的 Web 服务器接受新连接不够快：它的队列满了 {count}（TcpExtListenOverflows）。',
  'fault.backlog-full.remedy':
    '在 {node} 上：ss -ltn; sysctl net.core.somaxconn；查看 Web 服务器为何不接受连接。',
  'fault.backlog-full.state': '{node} 的 Web 服务器的队列满了 {count}。',
  'fault.drop-packet.cause': '{node} 的 ip_vs 有意丢弃新请求：net.ipv4.vs.drop_packet 为 {found}。',
  'fault.drop-packet.remedy': '在 {node} 上：sysctl -w net.ipv4.vs.drop_packet=0',
  'fault.drop-packet.state':
    '{node} 的 ip_vs 有意在每 {rate} 个新请求中丢弃一个（net.ipv4.vs.drop_packet 为 {found}）：客户端必须重发。',
  'fault.drop-entry.cause': '{node} 的 ip_vs 有意忘记连接：net.ipv4.vs.drop_entry 为 {found}。',
  'fault.drop-entry.remedy': '在 {node} 上：sysctl -w net.ipv4.vs.drop_entry=0',
  'fault.drop-entry.state': '{node} 的 ip_vs 会有意忘记连接：net.ipv4.vs.drop_entry 为 {found}。',
  'fault.no-servers.cause': '{node} 的虚拟服务 {service} 没有任何真实服务器，所以拒绝所有请求。',
  'fault.no-servers.remedy': '在 {node} 上：ipvsadm -a {flag} {service} -r RIP {option}',
  'fault.no-servers.state': '{node} 的虚拟服务 {service} 没有真实服务器。',
  'fault.all-weights-zero.cause': '{service} 的所有真实服务器权重都为 0，所以 {node} 拒绝所有新请求。',
  'fault.all-weights-zero.remedy': '在 {node} 上：ipvsadm -e {flag} {service} -r {address} {option} -w 1',
  'fault.all-weights-zero.state': '{node} 上 {service} 的所有真实服务器权重都为 0。',
  'fault.all-at-threshold.cause':
    '{service} 中有权重的真实服务器都达到了上限（ipvsadm -x）：{servers}。不活动的连接也计算在内，所以 {node} 拒绝新请求，直到它们超时。',
  'fault.all-at-threshold.remedy': '在 {node} 上：ipvsadm -e {flag} {service} -r {address} {option} -x 0',
  'fault.all-at-threshold.state': '{node} 上 {service} 的真实服务器都达到了上限：{servers}。',
  'fault.hashed-to-unavailable.cause':
    '调度算法 {scheduler} 把 {all} 个客户端中的 {clients} 个映射到不接受新连接的真实服务器（{servers}），也不询问别的服务器：只要如此，{node} 就拒绝这些客户端。',
  'fault.hashed-to-unavailable.remedy':
    '在 {node} 上：ipvsadm -E {flag} {service} {mend}；或换用别的调度算法，如 -s wlc；或给 {servers} 设置权重。',
  'fault.hashed-to-unavailable.state':
    '{node} 的调度算法 {scheduler} 可能把客户端映射到不接受新连接的真实服务器：{servers}。',
  'fault.ports-hashed-to-unavailable.cause':
    '调度算法 {scheduler} 按客户端的地址和端口（{byPort}）映射每个连接，其中一些落到不接受新连接的真实服务器（{servers}），也不询问别的服务器：{node} 拒绝了 {all}中的 {refused} 个。',
  'fault.ports-hashed-to-unavailable.remedy':
    '在 {node} 上：ipvsadm -E {flag} {service} {mend}；或换用别的调度算法，如 -s wlc；或给 {servers} 设置权重。',
  'fault.ports-hashed-to-unavailable.state':
    '{node} 的调度算法 {scheduler} 可能把连接映射到不接受新连接的真实服务器：{servers}。',
  'fault.tunnel-not-taken.cause':
    '调度器用 {tunnel} 把请求发给 {node}，而 {node} 上没有什么能把它们取出来：{words}。',
  'fault.tunnel-not-taken.remedy':
    '在调度器上：ipvsadm -e，对 {node} 用 -i --tun-type ipip。或在 {node} 上：GUE 用 ip fou add port {port} gue；GRE 用 ip tunnel add mode gre。',
  'fault.tunnel-not-taken.state': '调度器用 {tunnel} 把请求发给 {node}。',
};
