export const messages = {
  since: {
    then: 'その後の変化：',
    change: '{what}（{time}）',
    others: 'ほかに以前の変化が {n} 件',
    stale: 'ここに示すのはその変化の前のことで、今は成り立たないかもしれません。',
    before: '変化の前は{verdict}',
  },
};
