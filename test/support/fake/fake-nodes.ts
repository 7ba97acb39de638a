import { setTimeout as delay } from 'node:timers/promises';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { keepShell, type KeptShell } from '../../../src-main/desk/kept-shell.ts';
import type { GuestTerminal } from '../../../src-main/guest/open-shell.ts';
import { fakeNow } from './fake-now.ts';
import type { NodesCore } from '../../../src-main/shell/core.ts';

/** A shell that echoes what is typed. */
function echo(node: string): GuestTerminal {
  let write: ((piece: Buffer) => void) | undefined;
  let end: ((shellEnded: boolean) => void) | undefined;
  return {
    listen: (onOutput, onEnd) => {
      [write, end] = [onOutput, onEnd];
      write(Buffer.from(`root@${node}:~# `));
    },
    write: (text) => write?.(Buffer.from(text.replaceAll('\r', `\r\nroot@${node}:~# `))),
    resize: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    close: async () => end?.(true),
  };
}

/** Nodes whose shells echo what is typed. */
export function fakeNodes(
  viewOf: (lab: string) => LabView,
  onLine: (node: string) => void = () => undefined,
): NodesCore {
  const shells = new Map<string, { lab: string; node: string; shell: KeptShell }>();
  let terminals = 0;
  const open = (lab: string, node: string, size: { columns: number; rows: number }): string => {
    const id = `terminal-${++terminals}`;
    const shell = keepShell(echo(node), size);
    void shell.over.then(() => shells.delete(id));
    shells.set(id, { lab, node, shell });
    return id;
  };
  return {
    now: async (lab, onItem, signal) => {
      let told = '';
      while (!signal.aborted) {
        const now = fakeNow(viewOf(lab));
        const text = JSON.stringify({ ...now, at: 0 });
        if (text !== told) onItem(now);
        told = text;
        await delay(200, undefined, { signal }).catch(() => undefined);
      }
    },
    state: async (lab, name) => {
      const { nodes, service } = viewOf(lab);
      const node = nodes.find((each) => each.name === name);
      return {
        ...{ node: name, at: Date.now() },
        addresses: `1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0  inet ${node?.nics[0]?.address ?? ''} scope global eth0`,
        routes: 'default via 10.10.0.1 dev eth0\n10.10.0.0/24 dev eth0 proto kernel scope link',
        neighbours: `${service.vip} dev eth0 lladdr ${nodes[0]?.nics[0]?.mac ?? ''} REACHABLE`,
        sysctls: [
          { name: 'net.ipv4.ip_forward', value: '0', wanted: null },
          { name: 'net.ipv4.conf.all.arp_ignore', value: '0', wanted: '1' },
          { name: 'net.ipv4.conf.all.arp_announce', value: '2', wanted: '2' },
        ],
        services: [{ name: 'lighttpd', state: node?.role === 'real-server' ? 'active' : 'inactive' }],
        listening: 'tcp LISTEN 0.0.0.0:22\ntcp LISTEN 0.0.0.0:80',
        ipvs: node?.role === 'director' ? `TCP  ${service.vip}:80 ${service.scheduler}` : null,
        log: 'Jan 05 09:30:01 systemd[1]: Started LVS.',
      };
    },
    terminals: (lab) =>
      [...shells].filter(([, each]) => each.lab === lab).map(([id, { node }]) => ({ id, node })),
    async *terminal({ lab, node, terminal, ...size }, signal) {
      const id = terminal ?? open(lab, node, size);
      const view = shells.get(id)?.shell.view(id, signal);
      if (view) yield* view;
    },
    type: (id, text) => {
      const open = shells.get(id);
      open?.shell.write(text);
      if (open && text.includes('\r')) onLine(open.node);
    },
    resize: (id, size) => shells.get(id)?.shell.resize(size),
    hangUp: async (id) => shells.get(id)?.shell.close(),
    openVip: async (lab) => ({ lab, url: 'http://127.0.0.1:18080/' }),
    closeVip: async () => undefined,
  };
}
