export const messages = {
  doctor: {
    title: 'Is this computer ready?',
    checking: 'Looking at this computer…',
    mending: 'Mending…',
    ready: 'Ready: a lab can start.',
    notReady: 'Not ready: one thing stands in the way. | Not ready: {n} things stand in the way.',
    seeHost: 'What stands in the way, and what mends it',
    again: 'Look again',
    mend: 'Mend it | Mend {n} findings',
    cancel: 'Cancel',
    found: 'What was found',
    why: 'Why it matters',
    remedy: 'What to do',
    progress: 'Progress of mending',
    failed: 'The doctor could not finish',
    status: { ok: 'OK', warning: 'Warning', failed: 'Failed', skipped: 'Skipped' },
  },
  /** English has the doctor's own words. */
  checks: {},
};
