/** The sentences of found services and of drills in Chinese, by their id. */
export const services: Readonly<Record<string, string>> = {
  'service-of.address': '服务 {address} 的地址和端口正是所请求的。',
  'service-of.port-zero': '服务 {address} 接收 {vip}:{port}，因为端口 0 代表所有没有自己服务的端口。',
  'service-of.mark':
    '防火墙标记服务 {address} 接收 {vip}:{port}，因为调度器上的一条规则给这些数据包打了该标记。',
  'service-of.mark-likely':
    '防火墙标记服务 {address} 被视为接收 {vip}:{port} 的服务：无法确定哪些数据包会得到该标记。',
  'service-of.none': '调度器上没有任何虚拟服务，因此也没有 {address} 的服务。',
  'service-of.others': '调度器上没有 {address} 的虚拟服务；现有 {seen}。',
  'service-of.others-marked':
    '调度器上没有 {address} 的虚拟服务；现有 {seen}，并按以下规则给数据包打标记：{rules}。',
  'drill.persistence':
    '{server} 移出后仍有错误：该服务是持久的，绑定到 {server} 的客户端在权重为 0 时仍留在它那里（net.ipv4.vs.expire_quiescent_template 为 0）。要让其重新绑定：在调度器上执行 sysctl net.ipv4.vs.expire_quiescent_template=1。',
  'drill.hash':
    '{server} 移出后仍有错误：{scheduler} 把每个客户端散列到固定的一台服务器，在其权重为 0 时拒绝请求。标志 {fallback} 会让它另找一台（lvslab service LAB --flags {flags}）；不做散列的调度算法也可以。',
  'drill.hash-port':
    '{server} 移出后仍有错误：{scheduler} 按客户端的地址和端口散列到固定的一台服务器，拒绝落到权重为 0 的服务器上的连接；同一客户端的下一个连接可能成功。标志 {fallback} 会让它另找一台（lvslab service LAB --flags {flags}）；不做散列的调度算法也可以。',
  'drill.unknown':
    '{server} 移出后仍有错误，原因不明：{kinds}；{clients} 个客户端中有 {failing} 个失败，其中 {answered} 个在此期间也得到过应答。接下来查看：在调度器上 ipvsadm -Ln 和 ipvsadm -Lnc，以及 lvslab verify LAB。',
  'drill.dh':
    '{server} 移出后仍有错误：dh 把虚拟 IP 对所有客户端都散列到同一台服务器，在其权重为 0 时拒绝请求。换用其他调度算法即可。',
};
