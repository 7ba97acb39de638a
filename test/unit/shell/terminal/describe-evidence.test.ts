import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explain } from '../../../../src-main/evidence/explain.ts';
import { traceRequests } from '../../../../src-main/evidence/trace/trace-requests.ts';
import { describeClaims, describeVipClaims } from '../../../../src-main/shell/terminal/describe-claims.ts';
import { describeStory } from '../../../../src-main/shell/terminal/describe-story.ts';
import { conversation, type Traffic } from '../../evidence/conversation.ts';
import { exampleLab } from '../../evidence/example-lab.ts';
import { findingsOf, judged } from '../../evidence/judged.ts';

function told(traffic: Traffic): string {
  const lab = exampleLab(traffic.mode);
  const [story] = traceRequests(conversation({ ...traffic, requests: 1 }), lab);
  return stripVTControlCharacters(describeStory(story!, lab.service));
}

describe('a story in the terminal', () => {
  it('tells who asked what, who answered, and by which way', () => {
    const text = told({ mode: 'nat' });
    expect(text).toContain('Request 1: client 10.10.0.200:40000 to 10.10.0.100:80, GET /?1 HTTP/1.1');
    expect(text).toContain('✓ answered by rs1: HTTP/1.1 200 OK');
    expect(text).toContain('replies went through the director');
  });

  it('has a line for each hop with what it changed', () => {
    const line = told({ mode: 'tun' })
      .split('\n')
      .find((line) => line.includes('director → rs1'));
    expect(line).toMatch(
      /IPIP 10\.10\.0\.2 → 10\.10\.0\.11 \[10\.10\.0\.200:40000 → 10\.10\.0\.100:80 SYN\]/,
    );
    expect(line).toContain('outer header added: ipip 10.10.0.2 to 10.10.0.11, 20 bytes');
    expect(line).not.toContain('source MAC');
  });

  it('tells of a failure and of what was sent again', () => {
    const text = told({ mode: 'dr', conduct: { rs1: 'silent' } });
    expect(text).toContain('✗ not answered; it went to rs1');
    expect(text).toContain('2 segments were sent again');
    expect(told({ mode: 'tun', conduct: { rs1: 'unreachable' } })).toContain('✗ refused by rs1');
  });
});

describe('claims in the terminal', () => {
  it('have their mark, their reason and their frames', () => {
    const text = stripVTControlCharacters(
      describeClaims({ claims: judged({ mode: 'dr' }), explanations: [], remarks: [] }),
    );
    expect(text).toMatch(/✓ Only the director answers ARP for the VIP\n {4}1 question for the VIP, 1 answer/);
    expect(text).toContain('– Each real server is set up');
  });

  it('are followed by the causes of what is refuted', () => {
    const claims = judged({ mode: 'dr', arpAnswers: ['rs1'], taken: 'rs1', requests: 1 });
    const text = stripVTControlCharacters(
      describeClaims({ claims, explanations: explain(claims), remarks: [] }),
    );
    expect(text).toContain('It follows from: Only the director answers ARP for the VIP.');
    expect(text).toContain('Likely cause: rs1 answers ARP for the VIP');
    expect(text).toContain('On rs1: sysctl -w net.ipv4.conf.all.arp_ignore=1');
  });
});

it('lists who claimed the VIP', () => {
  const frames = conversation({ mode: 'dr', arpAnnounces: ['rs2'], requests: 1 });
  const text = describeVipClaims(findingsOf(frames, exampleLab('dr')).arp.claims);
  expect(text).toMatch(/2 {6}lan +rs2 +02:00:00:00:00:12 +asked in the name of the VIP/);
});
