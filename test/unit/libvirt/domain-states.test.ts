import { describe, expect, it } from 'vitest';
import { parseDomainStates } from '../../../src-main/libvirt/domain-states.ts';

const uuid = (digit: number) => `0000000${digit}-0000-4000-8000-000000000000`;
/** As libvirt 9.0 prints it. */
const output = (...domains: (readonly [name: string, state: number, reason: number])[]) =>
  [
    ...domains.map(([name], index) => ` ${uuid(index)}   ${name}`),
    '',
    ...domains
      .toReversed()
      .map(
        ([name, state, reason]) => `Domain: '${name}'\n  state.state=${state}\n  state.reason=${reason}\n`,
      ),
  ].join('\n');

describe('the states of domains', () => {
  it.each([
    [1, 3, 'running', null],
    [2, 0, 'running', null],
    [3, 1, 'paused', 'user'],
    [3, 2, 'paused', 'migrating'],
    [3, 5, 'paused', 'I/O error'],
    [3, 10, 'paused', 'crashed'],
    [3, 99, 'paused', null],
    [4, 1, 'in-shutdown', null],
    [5, 1, 'off', null],
    [6, 1, 'crashed', 'panicked'],
    [7, 0, 'pmsuspended', null],
  ] as const)('%i with reason %i is %s', (state, reason, expected, words) => {
    expect(parseDomainStates(output(['lvslab-a', state, reason]))).toEqual([
      { uuid: uuid(0), name: 'lvslab-a', state: expected, reason: words },
    ]);
  });

  it('belong to their own domains, whichever order they come in, and to ours alone', () => {
    const domains = parseDomainStates(
      output(['lvslab-a', 3, 1], ['default', 1, 1], ['lvslab-b', 1, 1], ['lvslab-c', 3, 5]),
    );
    expect(domains.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['lvslab-a', 'paused', 'user'],
      ['lvslab-b', 'running', null],
      ['lvslab-c', 'paused', 'I/O error'],
    ]);
  });

  it('are empty where there is no domain', () => {
    expect(parseDomainStates('\n\n')).toEqual([]);
  });
});
