import type { CheckWords, Messages } from './en.ts';

export const zhCn: Messages = {
  header: { language: '语言', dark: '深色主题' },
  welcome: {
    title: '亲眼看 Linux 虚拟服务器分发真实请求',
    lead: 'LVS Lab 在这台电脑上以虚拟机启动一台调度器、两台真实服务器和一台客户端，逐步配置它们之间的负载均衡，并发送真实的请求。线路上的每一帧都可以看到。',
    modes: '转发方式',
    available: '可用',
    later: '即将推出',
    start: '在终端中启动第一个实验',
    startNote: '启动四台虚拟机，分发一百个请求，结束后不留任何痕迹。',
  },
  topology: {
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
  doctor: {
    title: '这台电脑准备好了吗？',
    checking: '正在检查这台电脑…',
    mending: '正在修复…',
    ready: '已就绪：可以启动实验。',
    notReady: '尚未就绪：有 {n} 项问题需要解决。',
    again: '重新检查',
    mend: '修复 {n} 项问题',
    cancel: '取消',
    found: '检查结果',
    why: '为什么重要',
    remedy: '如何解决',
    progress: '修复进度',
    failed: '检查未能完成',
    status: { ok: '正常', warning: '警告', failed: '失败', skipped: '跳过' },
  },
  copy: { copy: '复制', copied: '已复制', label: '复制命令' },
  footer: {
    version: 'LVS Lab {version}',
    data: '数据位于 {folder}',
    host: '{system}，{n} 个处理器，{memory} 内存',
  },
  connection: {
    refusedTitle: '此地址需要令牌',
    refused:
      'LVS Lab 只允许打开其启动时所显示地址的浏览器进入。请打开该地址；如果它已在另一个浏览器中使用过，请重新启动 LVS Lab：',
    lostTitle: 'LVS Lab 已结束',
    lost: '页面已断开连接。请重新启动 LVS Lab：',
  },
};

export const zhCnChecks: CheckWords = {
  node: { title: 'Node', why: 'LVS Lab 直接运行其 TypeScript 源代码。' },
  qemu: { title: 'QEMU', why: '它运行虚拟机，qemu-img 创建虚拟机的磁盘。' },
  acceleration: {
    title: '硬件加速',
    why: '使用 KVM 时虚拟机以处理器的速度运行；使用模拟（TCG）时要慢得多。',
  },
  libvirt: { title: 'libvirt', why: '它启动和结束虚拟机，并记录虚拟机的归属。' },
  memory: { title: '内存', why: '每个节点都是拥有自己内存的虚拟机。' },
  disk: { title: '磁盘', why: '客户机镜像以及各节点对它的改动都保存在数据文件夹中。' },
  ports: { title: '空闲端口', why: '每个节点的 SSH 和网卡连线都使用 127.0.0.1 上的端口。' },
  image: { title: '客户机镜像', why: '每个节点都从它启动。' },
};
