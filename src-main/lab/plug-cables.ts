import type { NodePlan } from '../plan/lab-plan.ts';
import { startLabSwitch, type LabSwitch } from '../wire/lab-switch.ts';

/** A lab's switch in this process, with its capture where there is one. Disposing of it again does nothing. */
export interface Cables extends AsyncDisposable {
  readonly labSwitch: LabSwitch;
  /** Rejects when the switch dies under the lab; never resolves. */
  readonly failure: Promise<never>;
  /** Plugs a node's cables into their segments: once it has its own MACs. */
  plug(node: NodePlan): Promise<void>;
  /** Takes them out. */
  unplug(node: NodePlan): Promise<void>;
}

/**
 * Starts the lab switch with a port for every NIC, none of them in a segment yet.
 * @param pcap Where every frame is written as pcapng.
 */
export async function plugCables(nodes: readonly NodePlan[], pcap?: string): Promise<Cables> {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined); // Heard by whoever waits for it.
  const labSwitch = await startLabSwitch({
    ports: nodes.flatMap(({ name, nics }) =>
      nics.map((nic) => ({
        id: portOf(name, nic.name),
        node: name,
        nic: nic.name,
        switchPort: nic.switchPort,
        guestPort: nic.guestPort,
        segment: null,
      })),
    ),
    onFailure: failed.reject,
  });
  const capture = pcap === undefined ? undefined : await labSwitch.capture(pcap);
  let unplugged: Promise<void> | undefined;
  const takeAway = async () => {
    await capture?.stop();
    await labSwitch.close();
  };
  return {
    labSwitch,
    failure: failed.promise,
    plug: async ({ name, nics }) => {
      for (const nic of nics) await labSwitch.move(portOf(name, nic.name), nic.segment);
    },
    unplug: async ({ name, nics }) => {
      for (const nic of nics) await labSwitch.move(portOf(name, nic.name), null);
    },
    [Symbol.asyncDispose]: () => (unplugged ??= takeAway()),
  };
}

/** How the switch knows a NIC's cable. */
export function portOf(node: string, nic: string): string {
  return `${node}:${nic}`;
}
