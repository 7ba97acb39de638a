import type { Checker } from '../checker.ts';

/** The first that runs TypeScript without a flag and knows what is used here. */
const oldest = 24;

export const nodeChecker: Checker = {
  id: 'node',
  title: 'Node',
  why: 'LVS Lab runs its TypeScript sources directly.',
  check: async () => {
    const { node } = process.versions;
    return Number.parseInt(node, 10) >= oldest
      ? { status: 'ok', what: `Node ${node}` }
      : {
          status: 'failed',
          what: `Node ${node}, older than ${oldest}.`,
          remedy:
            "Start LVS Lab by 'npm start' or 'npm run lab --': they use the Node among its own packages.",
        };
  },
};
