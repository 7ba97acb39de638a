import { describe, expect, it } from 'vitest';
import { checkers } from '../../../src-main/diagnostics/checkers.ts';
import { messagesOf } from '../../../src-renderer/app/messages.ts';

/** Each text by its path, with the names that are filled into it. */
function placeholders(words: object, at = ''): [string, string[]][] {
  return Object.entries(words).flatMap(([name, word]: [string, unknown]) =>
    typeof word === 'string'
      ? [[`${at}${name}`, [...new Set(word.match(/\{\w+\}/g))].sort()] as [string, string[]]]
      : placeholders(word as object, `${at}${name}.`),
  );
}

/** English has the doctor's own words. */
const en = Object.fromEntries(Object.entries(messagesOf('en')).filter(([name]) => name !== 'checks'));

describe.each(['zh-CN', 'ja'])('%s', (language) => {
  const { checks = {}, ...words } = messagesOf(language);

  it('has every text of the page', () => {
    const own = new Map(placeholders(words));
    expect([...own.keys()].sort()).toEqual(
      placeholders(en)
        .map(([path]) => path)
        .sort(),
    );
    expect(own.get('footer.host')).toEqual(['{memory}', '{n}', '{system}']);
  });

  it('fills in nothing that the page does not give', () => {
    const given = new Map(placeholders(en));
    // The number of a plural is given even where English says it in words.
    for (const [path, names] of placeholders(words)) {
      expect([...(given.get(path) ?? []), '{n}'], path).toEqual(expect.arrayContaining(names));
    }
  });

  it('has words for everything the doctor looks at', () => {
    expect(Object.keys(checks).sort()).toEqual(checkers.map(({ id }) => id).sort());
  });
});

it('has words of their own in Japanese for a pause and for a lab that is saved to disk', () => {
  const { labState, topology } = messagesOf('ja') as {
    labState: { suspended: string };
    topology: { pause: string };
  };
  expect(labState.suspended).not.toContain(topology.pause);
});
