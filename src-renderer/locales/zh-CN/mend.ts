export const messages = {
  mend: {
    button: '修复',
    label: '在 {node} 上修复',
    nothing: '{node} 上没有改动：检查了配方的 {n} 个步骤，均已成立。',
    started: '{node} 原先关机，现已运行。',
    cables: '已恢复为该模式的状态：{cables}。',
    byHand: '手工处理',
    forget: '清除 ARP 缓存',
    forgetNote: '让调度器以外的每台机器忘记 VIP 的 MAC 地址（包括手工设置的）：下一个请求会重新询问。',
    had: '原有',
    hadNone: '没有 {vip} 的 MAC 地址',
    startNode: '启动 {node}',
    restartNode: '重启 {node}',
    resume: '恢复实验',
  },
};
