import { on } from 'node:events';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { fakeNow } from './fake-now.ts';
import type { NodesCore } from '../../../src-main/shell/core.ts';

/** Nodes whose shells echo what is typed. */
export function fakeNodes(
  viewOf: (lab: string) => LabView,
  onLine: (node: string) => void = () => undefined,
): NodesCore {
  const typed = new EventEmitter();
  const nodeOf = new Map<string, string>();
  let terminals = 0;
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
    async *terminal({ node }, signal) {
      const id = `terminal-${++terminals}`;
      nodeOf.set(id, node);
      yield [{ kind: 'opened', id }];
      yield [{ kind: 'data', text: `root@${node}:~# ` }];
      try {
        for await (const [text] of on(typed, id, { signal }) as AsyncIterable<[string]>) {
          yield [{ kind: 'data', text: text.replaceAll('\r', `\r\nroot@${node}:~# `) }];
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    type: (id, text) => {
      typed.emit(id, text);
      const node = nodeOf.get(id);
      if (node !== undefined && text.includes('\r')) onLine(node);
    },
    resize: () => undefined,
    openVip: async (lab) => ({ lab, url: 'http://127.0.0.1:18080/' }),
    closeVip: async () => undefined,
  };
}
