import { expect, it } from 'vitest';
import { parseUdpLosses } from '../../../src-main/wire/udp-losses.ts';

// As Linux 6.1 prints it.
const table = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 1026: 0100007F:5208 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 41256 2 0000000000000000 183
 2026: 0100007F:55F0 0100007F:5208 01 00000000:00001B00 00:00000000 00000000  1000        0 41260 2 0000000000000000 0
 3026: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 41261 2 0000000000000000 9
`;

it('reads the drops of the sockets on 127.0.0.1', () => {
  expect([...parseUdpLosses(table)]).toEqual([
    [21000, 183],
    [22000, 0],
  ]);
});

it('reads nothing where there is no such table', () => {
  expect(parseUdpLosses('').size).toBe(0);
});
