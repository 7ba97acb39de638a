/** The sentences of the claims in Simplified Chinese, by their id. */
export const claims: Readonly<Record<string, string>> = {
  'count.answer': '{count} 个应答',
  'count.connection': '{count} 个连接',
  'count.fragment': '{count} 个分片',
  'count.frame': '{count} 个帧',
  'count.packet': '{count} 个包',
  'count.page': '{count} 个页面',
  'count.question': '{count} 次询问',
  'count.reply-packet': '{count} 个应答包',
  'count.request': '{count} 个请求',
  'count.request-frame': '{count} 个请求帧',
  'count.request-packet': '{count} 个请求包',
  'count.time': '{count} 次',

  'term.title': '“{title}”',
  'term.no-real-server': '没有任何真实服务器',
  'term.the-router': '路由器',
  'term.through': '经过 {via}',
  'term.method.nat': '地址伪装（NAT）',
  'term.method.dr': '直接路由（DR）',
  'term.method.tun': '隧道（TUN）',
  'term.method.local': '本机处理',
  'term.work.mac-only': '{count} 个只改了 MAC 地址',
  'term.work.addresses': '{count} 个改写了地址',
  'term.work.masqueraded': '{count} 个作了地址伪装，客户端一端也被改写',
  'term.work.ipip': '{count} 个装进了 IPIP',
  'term.work.gre': '{count} 个装进了 GRE',
  'term.work.gue': '{count} 个装进了 GUE',
  'term.work.other': '{count} 个作了其他改动',
  'term.work.unmatched': '{count} 个之前没有见过',
  'term.guess.tunnel': '最可能是那里的 tunl0 没有启用，或没有加载 ipip',
  'term.guess.listener': '最可能是那里没有程序监听，或被过滤规则拦住',

  'claim.director-set-up.title': '调度器已配置好',
  'claim.director-set-up.statement.nat':
    '调度器有 VIP 和虚拟服务，对每台真实服务器做地址伪装，并转发数据包。',
  'claim.director-set-up.statement.dr': '调度器有 VIP 和虚拟服务，用直接路由把请求交给每台真实服务器。',
  'claim.director-set-up.statement.tun': '调度器有 VIP 和虚拟服务，用隧道把请求交给每台真实服务器。',
  'claim.director-set-up.proved': '在 {nodes} 上找到了该模式需要的一切。',
  'claim.director-set-up.refuted-one': '{nodes} 上有一处不符合该模式的要求。',
  'claim.director-set-up.refuted': '{nodes} 上有 {count} 处不符合该模式的要求。',

  'claim.real-server-set-up.title': '每台真实服务器都已配置好',
  'claim.real-server-set-up.statement.nat': '每台真实服务器经调度器到达客户端，其 Web 服务器在监听。',
  'claim.real-server-set-up.statement.dr':
    '每台真实服务器都把发往 VIP 的包当作自己的接收，但不在 ARP 中透露它，不经调度器到达客户端，其 Web 服务器在监听。',
  'claim.real-server-set-up.statement.tun':
    '每台真实服务器接收从隧道出来的、发往 VIP 的包，不经调度器到达客户端，其 Web 服务器在监听。',
  'claim.real-server-set-up.proved': '在 {nodes} 上找到了该模式需要的一切。',
  'claim.real-server-set-up.refuted-one': '{nodes} 上有一处不符合该模式的要求。',
  'claim.real-server-set-up.refuted': '{nodes} 上有 {count} 处不符合该模式的要求。',

  'claim.arp-only-director.title': '只有调度器应答对 VIP 的 ARP 询问',
  'claim.arp-only-director.statement':
    '谁用 ARP 询问 VIP，都只由调度器应答，也没有别的节点以 VIP 的名义说话。',
  'claim.arp-only-director.unasked': '没有人询问 VIP：客户端已经知道它的 MAC 地址。',
  'claim.arp-only-director.refuted':
    '{nodes} 为 VIP 应答了 {replies}，以它为发送方地址 {announcements}；一次询问得到了 {most}。',
  'claim.arp-only-director.proved': '对 VIP 的询问有 {questions}，得到 {answers}，全部来自 {director}。',
  'claim.arp-only-director.nobody': '询问谁有 VIP 的 {questions} 没有得到任何应答。',

  'claim.requests-pass-director.title': '请求经过调度器',
  'claim.requests-pass-director.statement': '每个到达真实服务器的连接都是由调度器交给它的。',
  'claim.requests-pass-director.refuted': '{all}中有 {bypassed}没有经过调度器就到达了 {nodes}。',
  'claim.requests-pass-director.none': '没有连接到达真实服务器。',
  'claim.requests-pass-director.proved': '有 {count}到达真实服务器，每个都由调度器交付。',

  'claim.no-bypass.title': '没有请求帧绕过调度器',
  'claim.no-bypass.statement': '除调度器外，没有任何节点把请求的帧发给真实服务器，一个也没有。',
  'claim.no-bypass.refuted': '在发往真实服务器的 {all} 个请求帧中，{senders} 把 {past}直接发给了 {nodes}。',
  'claim.no-bypass.none': '没有请求帧到达真实服务器。',
  'claim.no-bypass.proved': '有 {count}到达真实服务器，全部来自调度器。',

  'claim.reply-path.title': '应答走该模式的路径',
  'claim.reply-path.statement.nat': '每个应答都从真实服务器到调度器，再由调度器发给客户端。',
  'claim.reply-path.statement.dr': '每个应答都从真实服务器直接到客户端或其路由器，没有一个到调度器。',
  'claim.reply-path.statement.tun': '每个应答都从真实服务器直接到客户端或其路由器，没有一个到调度器。',
  'claim.reply-path.none': '没有真实服务器发出应答。',
  'claim.reply-path.under-way': '应答的 {in}到达调度器；还没有一个离开。',
  'claim.reply-path.nat': '应答的 {in}到达调度器，{out} 个离开；没有一个走别的路。',
  'claim.reply-path.direct': '应答的 {past}离开 {nodes}，没有一个发往调度器。',
  'claim.reply-path.past': '{nodes} 把应答的 {count}绕过调度器发出。',
  'claim.reply-path.into': '{nodes} 把应答的 {count}发给了调度器。',
  'claim.reply-path.held-back': '应答的 {in}到达调度器，{out} 个离开；{nodes} 的应答没有再往前走。',

  'claim.dr-rewrites-mac-only.title': '调度器只改 MAC 地址，不改 IP 地址',
  'claim.dr-rewrites-mac-only.statement.dr':
    '调度器交出的包与收到的相比，只有 MAC 地址不同（较新的内核还有 TTL），IP 地址和端口都不变。',
  'claim.dr-rewrites-mac-only.proved': '有 {count}换了目的 MAC 后继续前行，地址和端口不变。',
  'claim.dr-rewrites-mac-only.none': '调度器没有交出任何之前有记录的请求。',
  'claim.dr-rewrites-mac-only.other': '有 {right} 个包按此处理；其余的：{found}。',

  'claim.nat-rewrites-both-ways.title': '调度器双向改写地址',
  'claim.nat-rewrites-both-ways.statement.nat':
    '请求继续前行时，目的地址由 VIP 换成 RIP；应答继续前行时，源地址由该 RIP 换成 VIP。客户端一侧不变。',
  'claim.nat-rewrites-both-ways.half': '看到被改写的有 {there}和 {back}。',
  'claim.nat-rewrites-both-ways.proved': '有 {there}的 VIP 换成了 RIP，{back}的 RIP 换成了 VIP。',
  'claim.nat-rewrites-both-ways.other': '有 {right} 个包按此处理；其余的：{found}。',
  'claim.nat-rewrites-both-ways.premise': '无法证明，因为下面这条不成立：{names}。',

  'claim.tun-adds-20-bytes.title': '调度器把请求装进 IPIP，长 20 字节',
  'claim.tun-adds-20-bytes.statement.tun':
    '调度器把客户端到 VIP 的请求原样装进从 DIP 到 RIP 的协议 4 的 IP 包，正好长 20 字节。',
  'claim.tun-adds-20-bytes.proved': '有 {count}原样装在协议 4 内继续前行，从 DIP 到 RIP，每个长 20 字节。',
  'claim.tun-adds-20-bytes.none': '调度器没有交出任何之前有记录的请求。',
  'claim.tun-adds-20-bytes.other': '有 {right} 个包按此处理；其余的：{found}。',

  'claim.mtu.title': '数据包不超过 MTU',
  'claim.mtu.statement':
    '没有包比发出它的网卡的 MTU 长，没有包被分片；谁收到“需要分片”（fragmentation needed），就改发较短的包。',
  'claim.mtu.none': '没有看到 IP 包。',
  'claim.mtu.unread': '没有读到 {nodes} 的 MTU。',
  'claim.mtu.unheeded': '{nodes} 又发了 {count}，比 ICMP 消息告知的 {mtu} 字节还长。',
  'claim.mtu.too-long': '一个 {length} 字节的包从 {port} 发出，而其 MTU 为 {most}。',
  'claim.mtu.fragments': '{nodes} 发出了 {count}。',
  'claim.mtu.proved': '最长的 IP 包有 {longest} 字节；没有包因长度被分片或拒绝。',
  'claim.mtu.heeded':
    '最长的 IP 包有 {longest} 字节；“需要分片，MTU {mtu}”（fragmentation needed）发出了 {told} 次，并得到遵守。',

  'claim.every-request-answered.title': '每个请求都得到应答',
  'claim.every-request-answered.statement': '客户端向 VIP 发起的每个连接都得到了应答。',
  'claim.every-request-answered.none': '没有看到从头到尾完整的请求。',
  'claim.every-request-answered.proved': '{count}中有 {all} 个得到应答。',
  'claim.every-request-answered.refuted':
    '{all}中有 {failed} 个失败：{refused} 个被拒绝，{reset} 个被重置，{silent} 个没有应答；它们去了 {nodes}。',

  'claim.counters-agree.title': '调度器的计数与帧一致',
  'claim.counters-agree.statement': 'ip_vs 统计的进出包数和连接数，正是帧所显示的经过调度器的数目。',
  'claim.counters-agree.unread': '没有读取调度器的计数。',
  'claim.counters-agree.incomplete': '记录中没有这段时间的全部帧。',
  'claim.counters-agree.number': '{name} {counted} 对 {most}',
  'claim.counters-agree.range': '{name} {counted} 对 {least} 至 {most}',
  'claim.counters-agree.refuted': '计数与帧不一致：{numbers}。',
  'claim.counters-agree.proved': '计数对帧：{numbers}。',
  'claim.counters-agree.with-icmp':
    '{why}调度器自身还发出了 {count} ICMP 错误，例如告知某台机器不应答 ARP：ip_vs 会把它们计入相关的连接。',
};
