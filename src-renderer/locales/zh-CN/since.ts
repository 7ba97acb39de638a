export const messages = {
  since: {
    then: '在此之后：',
    change: '{what}（{time}）',
    others: '另有 {n} 项更早的变化',
    stale: '此处所示是这些变化之前的情况，可能已不成立。',
    before: '变化之前：{verdict}',
  },
};
