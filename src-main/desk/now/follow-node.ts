import { setTimeout as sleep } from 'node:timers/promises';
import type { LabNow } from '../../contract/lab-now.ts';
import type { GuestShell } from '../../guest/guest-session.ts';
import { readBoundedTable } from '../../ipvs/read-ipvs.ts';
import type { LabContext } from '../../lab/lab-context.ts';
import { readRecord } from '../../lab/lab-record.ts';
import { answerOf, ipOf, serverNames } from '../../lab/virtual-service.ts';
import { findNode, withNode } from '../../lab/with-node.ts';
import type { LabPlan } from '../../plan/lab-plan.ts';
import { nowScript } from './now-script.ts';
import { createNowReader, type ToldNow } from './read-now.ts';

/** What is heard of one node. */
export interface HearsNode {
  readonly onNow: (told: ToldNow) => void;
  /** Null where it cannot be read any more. */
  readonly onTable: (table: LabNow['table']) => void;
  /** Whether the guest says anything, when that changes. */
  readonly onAnswers: (answers: boolean) => void;
}

/** A node, and the kernel settings that are told of it. */
export interface WhichGuest {
  readonly lab: string;
  readonly node: string;
  readonly settings: readonly string[];
}

/** Milliseconds from a break to the next try. */
const againMs = 1000;
/** A guest says something every 2 s; one that is silent for so long is busy with nothing else, or halts. */
const silenceMs = 6000;

/** Follows what a node has, over restarts and breaks, until the signal. */
export async function followNode(
  context: LabContext,
  which: WhichGuest,
  hears: HearsNode,
  signal: AbortSignal,
): Promise<void> {
  const isOver = () => signal.aborted;
  while (!isOver()) {
    await followOnce(context, which, hears, signal).catch(() => undefined);
    if (isOver()) return;
    hears.onAnswers(false);
    await sleep(againMs, undefined, { signal }).catch(() => undefined);
  }
}

async function followOnce(
  context: LabContext,
  { lab, node, settings }: WhichGuest,
  hears: HearsNode,
  signal: AbortSignal,
): Promise<void> {
  const found = await findNode(context, lab, { name: node });
  const { plan } = found.record;
  await withNode(found, { signal }, async (session) => {
    const silence = createSilence(() => {
      hears.onAnswers(false);
    });
    const tables = createTableReader(() => readNow(context, lab, session, signal), hears);
    const read = createNowReader({ onNow: hears.onNow, onTable: tables.soon });
    try {
      const { role } = found.node;
      const script = nowScript({ role, settings }, portsOf(plan), plan.guest.traits);
      await session.stream(script, {
        signal,
        onStdout: (piece) => {
          // What was known of the table went with the silence.
          if (silence.heard() && found.node.role === 'director') tables.soon();
          hears.onAnswers(true);
          read(piece.toString('utf8'));
        },
      });
    } finally {
      silence.end();
      tables.end();
    }
  });
}

/** Tells once when nothing was heard for long; `heard` says whether it was so. */
function createSilence(onSilence: () => void) {
  let silent = false;
  let timer: NodeJS.Timeout | undefined;
  return {
    heard: (): boolean => {
      const was = silent;
      silent = false;
      clearTimeout(timer);
      timer = setTimeout(() => {
        silent = true;
        onSilence();
      }, silenceMs);
      return was;
    },
    end: () => {
      clearTimeout(timer);
    },
  };
}

/** Reads the director's table when told to, one reading at a time; null where it cannot be read. */
function createTableReader(read: () => Promise<LabNow['table']>, { onTable }: Pick<HearsNode, 'onTable'>) {
  let reading = false;
  let again = false;
  let ended = false;
  const readAll = async () => {
    reading = true;
    do {
      again = false;
      const table = await read().catch(() => null);
      if (!ended) onTable(table);
      // It is told anew by another line when it changes while it is read.
    } while (again as boolean);
    reading = false;
  };
  return {
    soon: () => {
      if (reading) again = true;
      else void readAll();
    },
    end: () => {
      ended = true;
    },
  };
}

async function readNow(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  lab: string,
  director: GuestShell,
  signal: AbortSignal,
): Promise<LabNow['table']> {
  const table = await readBoundedTable(director, signal);
  // A switch of mode gives the real servers other addresses while the session goes on.
  const { plan } = await readRecord(dataFolder, lab);
  const { service } = answerOf(table, plan);
  const names = serverNames(plan);
  return {
    service: service
      ? {
          ...service,
          servers: service.servers.map(({ address, forwarding, weight, upper, lower }) => ({
            ...{ address, forwarding, weight, upper, lower },
            node: names.get(ipOf(address)) ?? null,
          })),
        }
      : null,
    others: table.services.length - (service ? 1 : 0),
  };
}

/** Where real servers may listen: behind NAT on another port than the service's. */
function portsOf({ service, options }: LabPlan): number[] {
  return [...new Set([service.port, Number(options['realPort']) || service.port])];
}
