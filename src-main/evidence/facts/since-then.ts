import type { FilterRule, GuestFacts } from '../guest-facts.ts';

/**
 * The facts of after the load, with what rules and the kernel counted since those of before it. Where a rule was not
 * there before, its whole count is new.
 */
export function sinceThen(after: GuestFacts, before: GuestFacts | undefined): GuestFacts {
  if (!before) return after;
  const { rules, counted } = after;
  return {
    ...after,
    ...(rules && { rules: rules.map((rule) => grown(rule, before.rules ?? [])) }),
    ...(counted && {
      counted: Object.fromEntries(
        Object.entries(counted).map(([name, count]) => [name, count - (before.counted?.[name] ?? 0)]),
      ),
    }),
  };
}

function grown(rule: FilterRule, before: readonly FilterRule[]): FilterRule {
  const then = before.find(({ chain, text }) => chain === rule.chain && text === rule.text)?.packets ?? 0;
  // A rule that was put in anew begins at zero.
  return rule.packets === null || rule.packets < then ? rule : { ...rule, packets: rule.packets - then };
}
