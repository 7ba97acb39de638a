import type { Duplex } from 'node:stream';
import { LabError } from '../contract/lab-error.ts';
import { connectClient, type ConnectOptions } from './connect-guest.ts';
import { closedOf, endClient } from './end-client.ts';

/** A connection to a guest over which others go on from there. */
export interface TcpForwarder {
  /**
   * A TCP connection that the guest opens (SSH's direct-tcpip, RFC 4254, 7.2).
   * @throws LabError 'guest-unreachable' when the guest cannot, or is gone.
   */
  open(host: string, port: number): Promise<Duplex>;
  /** Resolves once the connection to the guest is over, whoever ended it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** @throws LabError what `connectClient` throws. */
export async function openForwarder(options: ConnectOptions): Promise<TcpForwarder> {
  const client = await connectClient(options);
  const closed = closedOf(client);
  return {
    open(host, port) {
      const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
      const fail = (cause: unknown): void => {
        reject(notForwarded(options.node, host, port, cause));
      };
      const lost = (): void => {
        fail(new Error('the connection was closed'));
      };
      client.once('close', lost);
      try {
        client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
          if (error) fail(error);
          else resolve(channel);
        });
      } catch (error) {
        fail(error);
      }
      return promise.finally(() => client.off('close', lost));
    },
    closed,
    close: () => endClient(client, closed),
  };
}

function notForwarded(node: string, host: string, port: number, cause: unknown): LabError {
  return new LabError('guest-unreachable', `Node ${node} did not connect to ${host}:${port}.`, {
    node,
    why: cause instanceof Error ? cause.message : String(cause),
    remedy: 'Send a request from the node itself to see more: curl -v.',
    cause,
  });
}
