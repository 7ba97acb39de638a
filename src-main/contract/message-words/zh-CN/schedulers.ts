/** What each scheduler does, in Simplified Chinese, by the sentences' ids. */
export const schedulers: Readonly<Record<string, string>> = {
  'scheduler.rr.does': '把每个新连接依次交给下一台服务器。',
  'scheduler.wrr.does': '从最大权重起逐轮走过各服务器，每轮选用权重仍达到当前值的那些。',
  'scheduler.lc.does': '选择连接最少的服务器，一个活动连接按 256 个非活动连接计算。',
  'scheduler.wlc.does': '选择相对于权重连接最少的服务器；不指定调度算法时 ipvsadm 就用它。',
  'scheduler.lblc.does': '让每个目的地址留在同一台服务器（按 wlc 选出），直到它的活动连接数超过其权重。',
  'scheduler.lblcr.does': '与 lblc 相同，但为每个目的地址保留一组服务器，过载时扩大，之后再缩小。',
  'scheduler.dh.does': '按目的地址的散列值选择服务器；用于位于缓存之前的调度器。',
  'scheduler.sh.does': '按客户端地址的散列值选择服务器。',
  'scheduler.sed.does': '选择（活动连接数 + 1）相对于权重最小的服务器。',
  'scheduler.nq.does': '选择第一台没有活动连接的服务器；没有这样的服务器时按 sed 选择。',
  'scheduler.fo.does': '把一切都交给在用服务器中权重最大的一台。',
  'scheduler.ovf.does': '把一切都交给权重最大的服务器，直到它的活动连接数超过其权重；然后交给下一台。',
  'scheduler.mh.does': '按客户端地址的散列值在一张表中选择服务器，服务器增减时该表变化很小。',
  'scheduler.twos.does': '按权重随机抽取两台服务器，选用相对于权重连接较少的一台。',
};
