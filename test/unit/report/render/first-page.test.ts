import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../../src-main/report/model/report.ts';
import { renderHtml } from '../../../../src-main/report/render/render-html.ts';
import { renderMarkdown } from '../../../../src-main/report/render/render-markdown.ts';
import { handmadeReport, handmadeSource } from '../../../support/report-source.ts';

let report: Report;
let whole = '';

beforeAll(async () => {
  report = await handmadeReport();
  whole = renderMarkdown(report);
});

/** What stands under a heading, up to the next one of its kind. */
function under(markdown: string, heading: RegExp): string {
  const [, text = ''] =
    new RegExp(`^#+ ${heading.source}$(.*?)(?=^#{1,3} |(?![\\s\\S]))`, 'ms').exec(markdown) ?? [];
  return text;
}

const summaryOf = (markdown: string) => /^## 1 Summary$(.*?)^## 2 /ms.exec(markdown)?.[1] ?? '';
const firstLine = (markdown: string) => summaryOf(markdown).trim().split('\n')[0];

/** The same report, as if no request had failed. */
function withoutFailures(): Report {
  const runs = report.runs.map((run) => ({
    ...run,
    figures: run.figures && { ...run.figures, failed: 0, failures: {} },
  }));
  return { ...report, runs, drills: [], changes: [] };
}

describe('the first page', () => {
  it('says first that requests failed, and then that the order was kept', () => {
    const lines = summaryOf(whole).trim().split('\n');
    expect(lines[0]).toBe('- *Some requests failed* **23 of 3,680 requests failed, in 2 of 8 loads.**');
    expect(lines[1]).toMatch(/^- \*As promised\* The scheduler kept its promise in 6 of 6 loads/);
    const html = renderHtml(report);
    expect(html, 'an order that was kept is no good news there').not.toMatch(
      /<span class="badge good">As promised<\/span> The scheduler kept/,
    );
  });

  it('says that all was answered only where all was', () => {
    expect(firstLine(renderMarkdown(withoutFailures()))).toMatch(
      /^- \*All answered\* [\d,]+ requests in 7 loads: none failed\.$/,
    );
    const failing = report.runs.filter(({ figures }) => (figures?.failed ?? 0) > 0);
    for (const { entry } of failing)
      expect(under(whole, /Loads/)).toMatch(new RegExp(`${entry} \\|.*failed`));
  });

  it('tells who, what was tried, each load with both verdicts, claims with causes', () => {
    const summary = summaryOf(whole);
    expect(summary).toContain('**Tried**: NAT (rr, wlc, twos), DR (rr), TUN (rr)');
    expect(summary).toMatch(/\| +9 \| NAT .*\*\*17\*\* \|.*\*Some requests failed\* \*Nothing judged\*/);
    expect(summary).toMatch(/\| +2 \| NAT .*\*All answered\* \*As promised\*/);
    expect(summary).toMatch(/\| +15 \| DR +\| +8 \| +2 \|.*rs2 answers ARP for the VIP/);
  });

  it('tells each fault with when it was mended, and one that never was', async () => {
    expect(summaryOf(whole)).toMatch(/rs2:eth0: from the machine: loses 2\.0% of frames.*\| 09:41:00/);
    const { entries } = await handmadeSource();
    const left = entries.filter(({ verb }) => verb !== 'startNode');
    const told = renderMarkdown(await handmadeReport({}, { entries: left }));
    expect(summaryOf(told)).toMatch(/rs2: Machine stopped +\| \*not mended\*/);
  });

  it('reads when a fault was mended out of a report of before, which does not tell', () => {
    const changes = report.changes.map((change) => ({ ...change, mendedAt: undefined }));
    const before = { ...report, changes };
    expect(summaryOf(renderMarkdown(before))).toBe(summaryOf(whole));
    const left = { ...before, changes: changes.filter(({ verb }) => verb !== 'startNode') };
    expect(summaryOf(renderMarkdown(left))).toMatch(/rs2: Machine stopped +\| \*not mended\*/);
  });

  it('tells what could not be told, and where the rest of that is', () => {
    expect(summaryOf(whole)).toContain('Run 9 was not judged');
    expect(summaryOf(whole)).toContain(`- ${report.notMeasured.length - 3} more`);
  });

  it('has a load that came to no end, with what it failed of', () => {
    const [change] = report.changes.filter(({ error }) => error !== null);
    const broken = { ...report, changes: change ? [{ ...change, verb: 'load' }] : [] };
    expect(summaryOf(renderMarkdown(broken))).toMatch(/Load +\|.*\*Failed\* The lab .demo. has no segment/);
  });
});

it('tells what was typed in shells, with the machine and the time', () => {
  expect(under(whole, /\d+ Typed in shells/)).toMatch(/09:33:12 \| director +\| `ipvsadm -Ln --stats`/);
});

it('says that further lines were not kept', async () => {
  const typed = [{ at: '2026-01-05T09:33:12.000Z', node: 'rs1', line: '…', full: true as const }];
  const told = renderMarkdown(await handmadeReport({}, { typed }));
  expect(told).toContain('This line and all after it were not kept: too many were typed.');
});

it('shows no data format to a reader, in no form', async () => {
  const filter = { protocol: 'arp', arpOperation: 2, tcpFlags: { syn: true } } as const;
  const odd = structuredClone(report);
  for (const change of odd.changes) {
    if (change.verb === 'impair' && change.impairment) change.impairment = { from: { drop: [filter] } };
    if (change.verb === 'service') change.request['changes'] = { timeouts: { tcp: 900 }, upper: { rs1: 5 } };
  }
  for (const told of [report, odd])
    for (const form of [renderMarkdown(told), renderHtml(told).replace(/<script.*?<\/script>/s, '')])
      expect(form.match(/[{[](?:"|&quot;|&#x22;)\w+(?:"|&quot;|&#x22;):?/g)).toBeNull();
  const markdown = renderMarkdown(odd);
  expect(markdown).toContain('drops protocol arp, arp operation 2, tcp flags syn yes');
  expect(markdown).toContain('timeouts tcp 900');
});

it('reads a report of before, which has no typed lines', async () => {
  const before = await handmadeReport({}, { typed: [] });
  expect(before).not.toHaveProperty('typed');
  expect(renderMarkdown(before)).not.toContain('Typed in shells');
});
