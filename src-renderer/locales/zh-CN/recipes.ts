export const messages = {
  recipes: {
    lead: '{n} 个步骤把各虚拟机带入此模式。每一步先检查状态是否已存在，之后再验证。',
    classic: '显示旧教程中的命令（ifconfig、route）',
    isClassic: '旧教程的写法；实验执行的是新写法。',
    verify: '验证方法',
    undo: '撤销方法',
    keep: '重启后仍然保留的做法',
    notKept: '这是客户机所属发行版系列自己的做法。实验本身不这样做，因为重置会恢复一切。',
    ran: '执行内容和输出（{n} 条命令）',
    state: { applied: '已执行', skipped: '原本就有', failed: '失败', planned: '尚未执行' },
    changes: {
      title: '虚拟服务的更改',
      lead: '此后对调度算法、权重、持久性、阈值和超时的更改，以及更改后调度器上的规则。',
    },
    drift: {
      look: '与虚拟机当前状态比较',
      none: '全部 {n} 个步骤都符合配方的要求。',
      mend: '用以下命令可以恢复：',
    },
    export: {
      title: '导出为文件',
      scripts: 'Shell 脚本',
      units: '单元文件',
      keepalived: 'keepalived.conf',
      ipvsadm: 'ipvsadm 规则',
      save: '保存',
    },
  },
};
