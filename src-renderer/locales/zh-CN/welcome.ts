export const messages = {
  welcome: {
    title: '亲眼看 Linux 虚拟服务器分发真实请求',
    lead: 'LVS Lab 在这台电脑上以虚拟机启动一台调度器、两台真实服务器和一台客户端，逐步配置它们之间的负载均衡，并发送真实的请求。线路上的每一帧都可以看到。',
    modes: '转发方式',
    available: '可用',
    later: '即将推出',
    start: '在终端中启动第一个实验',
    startNote: '启动四台虚拟机，分发一百个请求，结束后不留任何痕迹。',
  },
  drPicture: {
    title: '直接路由',
    description:
      '客户端、调度器和两台真实服务器位于同一以太网段。请求从客户端到达调度器，再转给真实服务器；应答由真实服务器直接返回客户端。',
    client: '客户端',
    clientNote: '访问 VIP',
    director: '调度器',
    directorNote: 'VIP 配置在网卡上',
    server: '真实服务器 {n}',
    serverNote: 'VIP 在 lo 上，不应答 ARP',
    segment: '同一以太网段',
    steps: {
      request: '客户端向 VIP 发送请求，由调度器接收。',
      forward: '调度器选择一台真实服务器，只改写目的 MAC 地址。',
      reply: '真实服务器自行应答客户端，应答不经过调度器。',
    },
  },
};
