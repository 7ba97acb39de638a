import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ReportedNode } from '../model/report.ts';

/** On a field of 18 by 18; the same as in the application. */
const shapes: Record<ReportedNode['role'], string> = {
  client: 'M2.5 3.5h13v8.5h-13zM6 15h6M9 12v3',
  director: 'M9 2.5v4M9 6.5L3.5 11M9 6.5v4.5M9 6.5l5.5 4.5M2 13.5h3M7.5 13.5h3M13 13.5h3',
  router:
    'M9 2.2v4.3M6.9 4.4L9 2.2l2.1 2.2M9 15.8v-4.3M6.9 13.6L9 15.8l2.1-2.2M2.2 9h4.3M4.4 6.9l2.1 2.1-2.1 2.1M15.8 9h-4.3M13.6 6.9L11.5 9l2.1 2.1',
  'real-server': 'M3 3h12v5H3zM3 10h12v5H3zM5.6 5.5h.1M5.6 12.5h.1M9 5.5h3.5M9 12.5h3.5',
};

/** What a machine is, as a small drawing with its corner there. */
export function roleIcon(role: ReportedNode['role'], x: number, y: number): Element {
  return s('path', { class: 'icon', d: shapes[role], transform: `translate(${x} ${y})` });
}
