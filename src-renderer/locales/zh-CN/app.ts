export const messages = {
  nav: { label: '页面', labs: '实验', compare: '比较', host: '这台电脑' },
  errors: { dismiss: '关闭' },
  header: { language: '语言', dark: '深色主题' },
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
  copy: { copy: '复制', copied: '已复制', label: '复制命令' },
};
