import { findFreePorts } from '../../lab/ports.ts';
import type { Checker } from '../checker.ts';

/** SSH, and two ends of a wire for each of up to two NICs, of four nodes. */
const needed = 20;

export const portsChecker: Checker = {
  id: 'ports',
  title: 'Free ports',
  why: "Each node's SSH and the wires of its NICs are ports of 127.0.0.1.",
  check: async ({ portRange }) => {
    await findFreePorts(needed, portRange, new Set());
    return {
      status: 'ok',
      what: `${portRange.first}-${portRange.last} on 127.0.0.1 has the ${needed} that a lab of four nodes takes.`,
    };
  },
};
