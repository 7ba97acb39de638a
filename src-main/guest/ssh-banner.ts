import { connect, type Socket } from 'node:net';

/** Between an attempt that ended at once (nothing listens yet) and the next. */
const retryMs = 150;
/** After so long without a word a second connection is opened beside the first. */
const silentMs = 600;
/** The oldest silent connection makes room for the 13th: each may be silent for 7 s. */
const mostSilent = 12;

export interface BannerOptions {
  readonly host: string;
  readonly port: number;
  /** Ends the waiting; the promise rejects with its reason. */
  readonly signal: AbortSignal;
  /** Hears why there is no banner yet. */
  readonly note: (why: string) => void;
}

/**
 * Connects to an SSH server that may be booting, and resolves with the very connection on which its banner came, so
 * that a login goes on there: in the guest every connection costs a process. The socket is paused, the banner still to
 * be read.
 *
 * QEMU's user network accepts a connection to a forwarded port before anything listens in the guest. What then becomes
 * of it depends on the guest: with its network up it is reset at once, and the next try follows 150 ms later; without,
 * QEMU's SYN is lost and repeated only after seconds, so a fresh connection is opened beside the silent one. Silent ones
 * are kept a while, since a busy guest may take seconds to start the process that sends the banner.
 */
export function connectToBanner({ host, port, signal, note }: BannerOptions): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const silent = new Set<Socket>();
  let next: NodeJS.Timeout | undefined;

  const stop = (): void => {
    clearTimeout(next);
    signal.removeEventListener('abort', abort);
    for (const socket of silent) socket.destroy();
    silent.clear();
  };
  const abort = (): void => {
    stop();
    reject(signal.reason as Error);
  };
  const attemptIn = (ms: number): void => {
    clearTimeout(next);
    next = setTimeout(attempt, ms);
  };
  const attempt = (): void => {
    const [oldest] = silent;
    if (oldest && silent.size >= mostSilent) {
      silent.delete(oldest);
      oldest.destroy();
    }
    const socket = connect({ host, port, noDelay: true });
    silent.add(socket);
    attemptIn(silentMs);
    watchForBanner(socket, {
      banner() {
        silent.delete(socket);
        stop();
        resolve(socket);
      },
      gone(why) {
        if (!silent.delete(socket)) return;
        note(why);
        attemptIn(retryMs);
      },
    });
  };

  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  else {
    note('the port answers no connection with an SSH banner');
    attempt();
  }
  return promise;
}

interface BannerEvents {
  readonly banner: () => void;
  readonly gone: (why: string) => void;
}

function watchForBanner(socket: Socket, { banner, gone }: BannerEvents): void {
  let seen = Buffer.alloc(0);
  const onData = (piece: Buffer): void => {
    seen = Buffer.concat([seen, piece]);
    // RFC 4253, 4.2: other lines may come before the one that begins with SSH-.
    if (/^SSH-/m.test(seen.toString('latin1'))) {
      socket.pause();
      socket.off('data', onData).off('close', onClose);
      socket.unshift(seen);
      banner();
    } else if (seen.length > 4096) {
      socket.destroy(new Error('what answers on the port is no SSH server'));
    }
  };
  let why = 'the connection was closed before the SSH banner';
  const onClose = (): void => {
    gone(why);
  };
  // Stays for good: between the banner and the login an error must find a listener.
  socket.on('error', (error) => {
    why = error.message;
  });
  socket.on('data', onData).on('close', onClose);
}
