export const messages = {
  since: {
    then: 'Since then:',
    change: '{what}, at {time}',
    others: '{n} earlier change | {n} earlier changes',
    stale: 'What is shown here was so before that, and may hold no more.',
    before: '{verdict}, before that',
  },
};
