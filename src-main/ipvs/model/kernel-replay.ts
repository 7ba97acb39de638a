import { ipv4, splitAddress } from './addresses.ts';
import { apply } from './apply.ts';
import { Candidates } from './candidates.ts';
import type { Connection } from './connection.ts';
import { Connections } from './connections.ts';
import type { Counts } from './tally.ts';
import { findScheduler } from './find-scheduler.ts';
import { connectionKey, readOpening, templateKey } from './opening.ts';
import { ask, type Question, type Standing } from './question.ts';
import { Templates } from './persistence.ts';
import { chancesOf, leftOutOf, predict, unknownPrediction } from './predict.ts';
import { serverAt, serverOf, virtualOf, type ReadService } from './service.ts';
import type { ModelClient, ModelConnection, ModelSettings, Prediction, Replay, TcpFlags } from './types.ts';

const defaultSlackMs = 250;
/** How long before the first packet the table was read, where that is not told. */
const readBeforeMs = 10_000;

/** A replay of a service that can be followed. */
export class KernelReplay implements Replay {
  readonly unknown = undefined;
  readonly #service: ReadService;
  readonly #settings: ModelSettings;
  readonly #slackMs: number;
  readonly #standing: Standing;
  #listed: readonly ModelConnection[] | undefined;
  #now = -Infinity;
  /** A SYN whose outcome has not been told yet. */
  #pending: Question | undefined;

  constructor(service: ReadService, listed: readonly ModelConnection[], settings: ModelSettings) {
    this.#service = service;
    this.#settings = settings;
    this.#listed = listed;
    this.#slackMs = settings.clockSlackMs ?? defaultSlackMs;
    const scheduler = findScheduler(service);
    const candidates =
      typeof scheduler === 'string' ? undefined : new Candidates(service.servers, scheduler, settings.kernel);
    this.#standing = {
      ...{ service, settings, scheduler, candidates },
      states: candidates?.all(service.servers.map(asCounts)),
      connections: new Connections(service.servers.length, settings, this.#slackMs),
      templates: new Templates(this.#slackMs),
      blurred: new Set(),
      virtualHost: undefined,
    };
  }

  packetIn(at: number, client: ModelClient, flags: TcpFlags): Prediction | undefined {
    this.#reach(at);
    const isSyn = flags.syn && !flags.rst;
    const virtual = virtualOf(this.#service, client);
    if (virtual === undefined) return isSyn ? unknownPrediction('virtual-address') : undefined;
    const key = connectionKey(`${client.address}:${client.port}`, virtual);
    if (this.#pending?.key === key || isSyn) this.#settle();
    if (!isSyn) {
      this.#moveIn(key, flags);
      return undefined;
    }
    const address = ipv4(client.address);
    if (address === undefined) return unknownPrediction('ipv6');
    const host = splitAddress(virtual).host;
    const request = { client: address, clientPort: client.port, virtual: ipv4(host) ?? 0 };
    const net =
      this.#service.persistentSeconds === null ? undefined : templateKey(this.#service, client.address);
    const question = ask(this.#standing, { at: this.#now, key, net, host, request });
    this.#pending = question;
    return this.#predict(question);
  }

  packetOut(at: number, client: ModelClient, flags: TcpFlags): void {
    this.#reach(at);
    const virtual = virtualOf(this.#service, client);
    if (virtual === undefined) return;
    const key = connectionKey(`${client.address}:${client.port}`, virtual);
    if (this.#pending?.key === key) this.#settle();
    const connection = this.#standing.connections.get(key);
    if (!connection || !this.#seesReplies(connection)) return;
    this.#standing.connections.move(connection, this.#now, 'out', flags);
  }

  picked(client: ModelClient, destination: string | null): boolean {
    const virtual = virtualOf(this.#service, client);
    if (virtual === undefined) return true;
    const key = connectionKey(`${client.address}:${client.port}`, virtual);
    const server = destination === null ? null : serverAt(this.#service.servers, destination);
    const question = this.#pending;
    if (question?.key !== key) return this.#pickedLate(key, server);
    this.#pending = undefined;
    const agrees = question.outcomes.some((outcome) => outcome.server === server);
    apply(this.#standing, question, [server]);
    return agrees || question.open !== undefined || this.#standing.connections.excuse();
  }

  /** Takes over the listing with the first packet, and lets no packet be earlier than the one before. */
  #reach(at: number): void {
    this.#now = Math.max(this.#now, at);
    if (!this.#listed) return;
    const read = this.#settings.read ?? { from: at - readBeforeMs, to: at };
    const opening = { service: this.#service, listed: this.#listed, settings: this.#settings, read };
    const { connections, templates } = this.#standing;
    readOpening({ ...opening, slackMs: this.#slackMs }, connections, templates);
    this.#listed = undefined;
  }

  /**
   * The kernel knows a reply by the server's address and port (ip_vs_conn_out_get() in ip_vs_conn.c): behind NAT, and where
   * the director itself is the server by its virtual address.
   */
  #seesReplies(connection: Connection): boolean {
    const server = serverOf(this.#service, connection);
    if (!server) return false;
    return server.forwarding === 'nat' || splitAddress(server.address).host === this.#service.vip?.host;
  }

  #moveIn(key: string, flags: TcpFlags): void {
    const connection = this.#standing.connections.get(key);
    if (!connection || !serverOf(this.#service, connection)) return;
    this.#standing.connections.move(connection, this.#now, 'in', flags);
  }

  #predict(question: Question): Prediction {
    const { servers, scheduler } = this.#service;
    const { states } = this.#standing;
    const leftOut = leftOutOf(servers, states ?? [], question.counts, scheduler);
    if (question.open !== undefined) return unknownPrediction(question.open, leftOut);
    const prediction = predict(question.outcomes, servers, leftOut);
    if (prediction.why !== 'scheduled') return prediction;
    const probabilities = chancesOf(this.#standing, question);
    return probabilities ? { ...prediction, probabilities } : prediction;
  }

  /** Nobody told what became of the last SYN: all of it stays possible. */
  #settle(): void {
    const question = this.#pending;
    if (!question) return;
    this.#pending = undefined;
    const possible =
      question.open === undefined
        ? [...new Set(question.outcomes.map(({ server }) => server))]
        : [null, ...this.#service.servers.keys()];
    apply(this.#standing, question, possible);
  }

  #pickedLate(key: string, server: number | null): boolean {
    const connection = this.#standing.connections.get(key);
    if (!connection) return server === null;
    if (!connection.servers.includes(server)) return false;
    this.#standing.connections.settle(connection, [server], this.#now);
    return true;
  }
}

function asCounts({ active, inactive }: { readonly active: number; readonly inactive: number }): Counts {
  return { active: { min: active, max: active }, inactive: { min: inactive, max: inactive } };
}
