/** What a report says of what was not measured, in Chinese, by its id. */
export const reports: Readonly<Record<string, string>> = {
  'report.no-run': '没有测量任何负载：没有发送过负载。',
  'report.no-observation': '没有判定任何论断：没有在线路上观察过请求。',
  'report.mode-unused': '没有在模式 {mode} 下测量任何内容：实验没有切换到该模式。',
  'report.unread': '条目 {entry}（{verb}）的结果没有以可读的形式保留。',
  'report.sealed':
    '条目 {entry} 的步骤当时并未执行：实验是在步骤已应用的状态下恢复的。命令、输出和时间都是制作该状态时的。',
  'report.samples-missing': '负载 {entry} 的 {asked} 个样本只保留了 {kept} 个，数据仅据此得出。',
  'report.samples-not-kept': '没有保留负载 {entry} 的样本，因此没有给出任何数据。',
  'report.schedule-not-kept': '负载 {entry} 未作判定：没有保留调度器的承诺。',
  'report.disturbed': '负载 {entry} 未作判定：运行期间实验被改动过（{verbs}）。',
  'report.table-before-not-kept': '没有保留负载 {entry} 之前的调度器表。',
  'report.frames-lost': '在观察 {entry} 中，有数据帧没有进入记录：{frames}。',
  'report.evidence-not-kept': '观察 {entry} 无法重新判定：没有保留其数据帧，或没有保留客户机的状态。',
  'report.gap': '从 {from} 切换到 {to}（条目 {entry}）时服务中断了多久没有测量：当时没有负载。',
  'report.host-unknown': '没有保留主机的任何信息。',
  'report.guests-unknown': '没有一台客户机可供询问版本。',
};
