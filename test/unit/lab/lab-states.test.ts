import { describe, expect, it } from 'vitest';
import { demandVerb, labStates, labVerbs, transitions, verbsFrom } from '../../../src-main/lab/lab-states.ts';

describe('the life of a lab', () => {
  it('has a way to every state but those that later verbs bring, and a way out of each but the last', () => {
    const reached = new Set(labVerbs.flatMap((verb) => [...transitions[verb].through, transitions[verb].to]));
    const brought = labStates.filter((state) => !['planned', 'switching', 'failed'].includes(state));
    for (const state of brought) expect(reached, state).toContain(state);
    for (const state of labStates) expect(verbsFrom(state).length > 0, state).toBe(state !== 'gone');
  });

  it('never begins a verb in a state that another is passing through, but to remove the lab', () => {
    const passed = new Set(labVerbs.flatMap((verb) => transitions[verb].through));
    for (const verb of labVerbs.filter((each) => each !== 'remove')) {
      for (const state of transitions[verb].from) expect(passed, verb).not.toContain(state);
    }
  });

  it('refuses a verb where it does not begin, and names those that do', () => {
    expect(() => {
      demandVerb('dr', 'suspended', 'suspend');
    }).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        details: { remedy: 'Possible now: resume, reset, remove.' },
      }),
    );
    expect(() => {
      demandVerb('dr', 'ready', 'suspend');
    }).not.toThrow();
  });
});
