/** Things and outcomes that every part names. */
export const terms = {
  roles: { client: 'client', director: 'director', router: 'router', 'real-server': 'real server' },
  verbs: {
    start: 'Start',
    switch: 'Switch of mode',
    reset: 'Reset',
    suspend: 'Suspend',
    resume: 'Resume',
    observe: 'Evidence',
    load: 'Load',
    compare: 'Comparison',
    healthDrill: 'Health drill',
    impair: 'Cable changed',
    moveCable: 'Cable moved',
    stopNode: 'Machine stopped',
    startNode: 'Machine started',
    restartNode: 'Machine restarted',
    service: 'Service changed',
    drift: 'Look for drift',
  },
  /** Of a claim. */
  claimVerdicts: { proved: 'proved', refuted: 'refuted', 'not-shown': 'not shown' },
  /** Of a load, for the client. */
  serviceVerdicts: {
    'all-answered': 'All answered',
    'some-failed': 'Some requests failed',
    'none-answered': 'No request answered',
  },
  /** Of a scheduler's promise. */
  promiseVerdicts: {
    'as-promised': 'As promised',
    'not-as-promised': 'Not as promised',
    'too-short': 'Too short to tell',
    'not-predictable': 'Nothing judged',
  },
  stepStates: { applied: 'applied', skipped: 'was there already', failed: 'failed' },
  stages: {
    verify: 'looked first',
    before: 'kept what was',
    command: 'ran',
    check: 'checked',
    undo: 'undone',
    show: 'found instead',
  },
  outcomes: {
    answered: 'answered',
    refused: 'refused',
    reset: 'reset',
    'no-answer': 'no answer',
    unfinished: 'unfinished',
  },
  failures: {
    timeout: 'timed out',
    refused: 'refused',
    reset: 'reset',
    other: 'failed otherwise',
    http: (status: string) => `answered with HTTP status ${status}`,
  },
  rewrites: {
    'source-mac': 'source MAC',
    'destination-mac': 'destination MAC',
    source: 'source address',
    destination: 'destination address',
    'source-port': 'source port',
    'destination-port': 'destination port',
    'outer-header': 'outer header',
    ttl: 'TTL',
  },
  /** Joins things that are listed. */
  comma: ', ',
  /** Between a thing and what is said of it. */
  colon: ': ',
  unplugged: 'unplugged',
  none: 'none',
  unknown: 'not known',
  everyone: 'everyone',
  unnamed: 'seen by no frame',
};
