import { connectGuest } from '../../src-main/guest/connect-guest.ts';
import type { GuestImage } from '../../src-main/image/guest-image.ts';

/**
 * Waits until a guest carries out a command. ssh(1) would not do to compare boots: QEMU's user network repeats an
 * unanswered SYN after 1, 3 and 7 s, so that boots which differ end at the same time.
 */
export function untilAnswers(image: GuestImage) {
  return async (node: string, port: number): Promise<void> => {
    const session = await connectGuest({
      node,
      host: '127.0.0.1',
      port,
      user: image.sshUser,
      privateKeyPath: image.privateKeyPath,
      hostKey: image.hostKey,
      timeout: 180_000,
    });
    await session.run('true');
    await session.close();
  };
}
