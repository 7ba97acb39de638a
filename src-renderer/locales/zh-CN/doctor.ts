export const messages = {
  doctor: {
    title: '这台电脑准备好了吗？',
    checking: '正在检查这台电脑…',
    mending: '正在修复…',
    ready: '已就绪：可以启动实验。',
    notReady: '尚未就绪：有 {n} 项问题需要解决。',
    seeHost: '查看问题和解决方法',
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
  /** Words for what the doctor looks at, by its stable name. */
  checks: {
    machines: {
      title: '虚拟机',
      why: '已暂停的虚拟机不作任何应答；libvirt 不知道的虚拟机占着端口和磁盘继续运行。',
    },
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
    xorriso: { title: '云镜像', why: '制作云镜像时用到的光盘由 xorriso 写成。' },
  },
};
