/** The sentences about faults in Simplified Chinese, by their id. */
export const faults: Readonly<Record<string, string>> = {
  'fault.vip-missing.cause': '{node} 没有 VIP {vip}，因此丢弃发给它的请求。',
  'fault.vip-missing.remedy': '在 {node} 上：ip address add {vip}/32 dev {device}',
  'fault.vip-missing-on-director.cause': '{node} 的网络接口上没有 VIP {vip}，因此没有人为它应答。',
  'fault.vip-missing-on-director.remedy': '在 {node} 上：ip address add {vip}/32 dev {device}',
  'fault.arp-ignore-off.cause':
    '{node} 会应答对 VIP 的 ARP 询问，因为 {device} 上的 arp_ignore 是 {found}：客户端可能把它当成调度器。',
  'fault.arp-ignore-off.remedy':
    '在 {node} 上：sysctl -w net.ipv4.conf.all.arp_ignore=1，然后清空客户端的邻居表。',
  'fault.arp-announce-off.cause':
    '{node} 以 VIP 的名义询问邻居，因为 {device} 上的 arp_announce 是 {found}：听到的人会以为 {node} 拥有 VIP。',
  'fault.arp-announce-off.remedy':
    '在 {node} 上：sysctl -w net.ipv4.conf.all.arp_announce=2，然后清空客户端的邻居表。',
  'fault.arp-answered.cause': '{node} 应答了对 VIP 的 ARP 询问，客户端可能把它当成调度器。',
  'fault.arp-answered.remedy':
    '在 {node} 上：sysctl -w net.ipv4.conf.all.arp_ignore=1，然后清空客户端的邻居表。',
  'fault.arp-announced.cause': '{node} 用 ARP 告诉别人 VIP 在它那里，客户端可能把它当成调度器。',
  'fault.arp-announced.remedy':
    '在 {node} 上：sysctl -w net.ipv4.conf.all.arp_announce=2，然后清空客户端的邻居表。',
  'fault.nobody-has-vip.cause': '有 {count} 次询问谁有 VIP {vip}，没有人应答，因此请求发不出去。',
  'fault.nobody-has-vip.remedy': '在 {node} 上查看 VIP 是否在：ip address show',
  'fault.gateway-wrong.cause':
    '{node} {found}到达客户端 {client}，而不经调度器：它的应答不按请求的来路返回，没有人把 VIP 换回去。',
  'fault.gateway-wrong.remedy': '在 {node} 上：ip route replace default via {wanted}',
  'fault.client-on-link.cause':
    '客户端 {client} 与 {node} 在同一网段，因此 {node} 直接应答它：在 NAT 中应答就保留了 {node} 的地址，而客户端不认识它。',
  'fault.client-on-link.remedy': '把客户端放到调度器另一侧的网段。',
  'fault.gateway-is-director.cause':
    '{node} 把给客户端 {client} 的应答发给调度器，而调度器不接收源地址是自己的包。',
  'fault.gateway-is-director.remedy': '在 {node} 上：给它一条不经调度器到 {client} 的路由。',
  'fault.no-route.cause': '{node} 没有到客户端 {client} 的路由，它的应答无处可去。',
  'fault.no-route.remedy': '在 {node} 上：ip route replace default via {wanted}',
  'fault.ip-forward-off.cause': '{node} 不转发数据包（ip_forward 为 0）：要经过它的包不能再往前走。',
  'fault.ip-forward-off.remedy': '在 {node} 上：sysctl -w net.ipv4.ip_forward=1',
  'fault.rp-filter-on.cause':
    '{node} 丢弃从隧道出来的包（{device} 上的 rp_filter 是 {found}）：它回客户端的路不经过隧道。',
  'fault.rp-filter-on.remedy':
    '在 {node} 上：sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.{device}.rp_filter=0',
  'fault.tunnel-missing.cause': '{node} 没有 tunl0，因此不认识协议 4。',
  'fault.tunnel-missing.remedy':
    '在 {node} 上：modprobe ipip; ip link set tunl0 up; ip address add {vip}/32 dev tunl0',
  'fault.tunnel-down.cause': '{node} 上的 tunl0 没有启用，因此拒绝调度器从隧道发来的包。',
  'fault.tunnel-down.remedy': '在 {node} 上：ip link set tunl0 up',
  'fault.not-listening.cause':
    '{node} 的端口 {port} 上没有程序监听：Web 服务器没有运行，或没有为 {address} 监听。',
  'fault.not-listening.remedy': '在 {node} 上：查看 `ss -ltn`，并启动 Web 服务器。',
  'fault.service-missing.cause': '{node} 没有虚拟服务 {service}。',
  'fault.service-missing.remedy': '在 {node} 上：ipvsadm -A -t {service} -s {scheduler}',
  'fault.server-missing.cause': '{node} 上的虚拟服务没有真实服务器 {server}，因此不会给它请求。',
  'fault.server-missing.remedy': '在 {node} 上：ipvsadm -a {flag} {service} -r {address} {option}',
  'fault.wrong-method.cause': '{node} 用{found}把请求交给 {server}，而不是用{wanted}。',
  'fault.wrong-method.remedy': '在 {node} 上：ipvsadm -e {flag} {service} -r {address} {option}',
  'fault.refuses.cause': '{node} 用 RST 拒绝了 {count}：它的端口 {port} 上似乎没有程序监听。',
  'fault.refuses.remedy': '在 {node} 上：查看 `ss -ltn`，并启动 Web 服务器。',
  'fault.unreachable.cause': '{node} 用 ICMP“{words}”拒绝了 {count}：{guess}。',
  'fault.unreachable.remedy': '在 {node} 上：查看 `ip -d link show tunl0` 和 `ss -ltn`。',
  'fault.silent-dr.cause': '给了 {node} {count}，它毫无反应：最可能是它没有 VIP {vip}。',
  'fault.silent-dr.remedy': '在 {node} 上查看 VIP 是否在 lo 上：ip address show dev lo',
  'fault.silent-nat.cause': '给了 {node} {count}，它毫无反应：最可能是它没有回到客户端的路由。',
  'fault.silent-nat.remedy': '在 {node} 上查看默认路由是否为调度器：ip route show default',
  'fault.silent-tun.cause':
    '给了 {node} {count}，它毫无反应：最可能是 rp_filter 丢弃了从隧道出来的包，或 VIP {vip} 不在 tunl0 上。',
  'fault.silent-tun.remedy':
    '在 {node} 上：查看 `sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.tunl0.rp_filter` 和 `nstat -az TcpExtIPReversePathFilter`。',
  'fault.gateway-unanswered.cause':
    '{node} 用 ARP 询问了 {count}谁有 {address}（它的应答的下一跳），没有人应答。',
  'fault.gateway-unanswered.remedy': '在 {node} 上：ip route show default；在 NAT 中它的网关必须是调度器。',
  'fault.held-back.cause':
    '{server} 的应答到了{node}，一个也没有被发出去：ip_forward 可能为 0，或被过滤规则拦下。',
  'fault.held-back.remedy': '在 {node} 上：sysctl net.ipv4.ip_forward，必须为 1。',
  'fault.past-director.cause':
    '{node} 用自己的地址绕过调度器发出应答：它到客户端的路由不经过调度器，或客户端与它在同一网段。',
  'fault.past-director.remedy': '在 {node} 上：ip route get {client}',
  'fault.into-director.cause': '{node} 把应答发给了调度器：它到客户端的路由指向那里。',
  'fault.into-director.remedy': '在 {node} 上：ip route get {client}',
  'fault.not-handed-on.cause':
    '{node} 收到 {count}，没有交给任何真实服务器：没有虚拟服务、没有权重大于 0 的真实服务器，或没有一台应答 ARP。',
  'fault.not-handed-on.remedy': '在 {node} 上：ipvsadm -Ln 和 ip neighbour show',
  'fault.server-away.cause': '调度器用 ARP 询问谁有 {address}，{node} 不应答：它已关机，或网线没有插上。',
  'fault.server-away.remedy': '查看 {node} 是否在运行，它的网卡是否启用并在该网段中。',
  'fault.in-router.cause':
    '{count}的包进了 {node} 没有出来：它不转发、没有路由，或它的 rp_filter 认为源地址是伪造的。',
  'fault.in-router.remedy':
    '在 {node} 上：sysctl net.ipv4.ip_forward net.ipv4.conf.all.rp_filter; ip route show',
  'fault.impaired.cause': '实验按要求丢帧：来自 {node} 的 {count}没有到达任何地方。',
  'fault.impaired.remedy': '取消 {node} 网线上的损伤。',
  'fault.wrong-work.cause': '{node} 按别的模式处理了数据包：{found}。',
  'fault.wrong-work.remedy': '在 {node} 上：ipvsadm -Ln，查看 Forward 一列。',
  'fault.mtu-unheeded.cause':
    '{node} 已被告知（或应被告知）它的包太长，却仍以原来的长度重发：“需要分片”（fragmentation needed）没有到达它。',
  'fault.mtu-unheeded.remedy':
    '让 ICMP 能到达 {node}，或让它的报文段更短：ip route change 加 advmss 1440，或在调度器上 sysctl -w net.ipv4.vs.pmtu_disc=0',
  'fault.vip-unheard.cause':
    '{node} 拥有 VIP {vip}，但 {count} 次询问谁拥有它都没有听到应答：询问或应答在途中丢失，或 {node} 上有什么使它不应答。',
  'fault.vip-unheard.remedy':
    '去掉客户端和 {node} 的网线上的故障。如果没有，在 {node} 上：arptables -S; nft list ruleset; sysctl net.ipv4.conf.all.arp_ignore',
  'fault.arp-unheard.cause':
    '{node} {count}询问谁拥有 VIP {vip}；每次询问在线路上都得到了应答，它却再次询问而没有发出请求：应答没有到达它。',
  'fault.arp-unheard.remedy':
    '去掉 {node} 的网线上的故障。如果没有，在 {node} 上：arptables -S; nft list ruleset',
};
