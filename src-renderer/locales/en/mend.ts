export const messages = {
  mend: {
    button: 'Put it right',
    label: 'Put it right on {node}',
    nothing: 'Nothing was changed on {node}: {n} steps of the recipe were looked at, and hold.',
    started: '{node} was off, and runs.',
    cables: 'As the mode has them: {cables}.',
    cablesGood: 'The cables were good already.',
    runs: '{node} was running already.',
    queuesGood: 'No queue on {node} holds packets back or loses them.',
    dropsGood: 'ip_vs on {node} throws no packets away on purpose.',
    byHand: 'By hand',
    forget: 'Forget ARP',
    forgetNote:
      'Has every machine but the director forget the MAC of the VIP, one set by hand too: the next request asks for it.',
    had: 'it had',
    hadNone: 'it knew no MAC of {vip}',
    startNode: 'Start {node}',
    restartNode: 'Restart {node}',
    resume: 'Resume the lab',
  },
};
