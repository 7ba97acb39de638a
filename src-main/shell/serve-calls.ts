import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer, type EncodedMessage } from '@orpc/standard-server-peer';
import { isCallMessage } from './call-message.ts';
import type { AppCore } from './core.ts';
import { answerRules } from './answer-rules.ts';
import { createAppRouter } from './router.ts';

/** One client's connection, whichever transport carries it. */
export interface Channel {
  /** A promise resolves when the data has left, so that a stream goes no faster than its reader. */
  send(data: EncodedMessage): void | Promise<void>;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
  /** Ends a connection that sent what no client of ours sends. */
  refuse(): void;
}

/**
 * Serves the contract: call the result with each connection that was let in. The end of a connection ends its calls.
 * oRPC's own adapters do the same, but throw on a malformed message where nobody catches, and do not wait for a slow
 * reader.
 */
export function createCallServer(core: AppCore): (channel: Channel) => void {
  const answer = createServerPeerHandleRequestFn(
    new StandardRPCHandler(createAppRouter(core), answerRules),
    {},
  );
  return (channel) => {
    const peer = new ServerPeer(async (data) => channel.send(data));
    channel.onMessage((data) => {
      if (!isCallMessage(data)) {
        channel.refuse();
        return;
      }
      // A call fails here only when its answer cannot be sent, because its connection has gone.
      peer.message(data, answer).catch(() => undefined);
    });
    channel.onClose(() => {
      peer.close();
    });
  };
}
