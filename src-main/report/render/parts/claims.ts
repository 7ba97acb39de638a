import type { Element } from 'hast';
import { h } from 'hastscript';
import type { ClaimId, Explanation, JudgedClaim, Remark, Verdict } from '../../../contract/evidence.ts';
import { count } from '../../words/numbers.ts';
import { badge, flat, joined, table, titledOpen, type Content } from '../elements.ts';
import { message, type PageContext } from '../page-context.ts';

const kinds = { proved: 'good', refuted: 'bad', 'not-shown': 'open' } as const;

export function claimBadge(verdict: Verdict, { words }: PageContext): Element {
  return badge(kinds[verdict], words.claimVerdicts[verdict]);
}

/** Each claim with its verdict and why, and what the refuted ones come from. */
export function claimsView(
  claims: readonly JudgedClaim[],
  explanations: readonly Explanation[],
  page: PageContext,
): Content {
  const own = page.words.evidence;
  const titles = titlesOf(claims, page);
  return [
    h('h4', own.claims),
    h('p', claimCounts(claims, page)),
    causesView(explanations, titles, page),
    claimsTable(
      claims.filter(({ verdict }) => verdict !== 'proved'),
      titles,
      page,
    ),
    provedView(
      claims.filter(({ verdict }) => verdict === 'proved'),
      titles,
      page,
    ),
  ];
}

/** What is proved is told by its name on paper: the frames that prove it are looked into in the page. */
function provedView(proved: readonly JudgedClaim[], titles: Titles, page: PageContext): Content {
  if (proved.length === 0) return null;
  const { claimVerdicts, colon } = page.words;
  const names = titles(proved.map(({ id }) => id));
  return titledOpen([badge('good', claimVerdicts.proved), colon, names], claimsTable(proved, titles, page));
}

function claimsTable(claims: readonly JudgedClaim[], titles: Titles, page: PageContext): Content {
  if (claims.length === 0) return null;
  const own = page.words.evidence;
  return table(
    [{ title: own.claim }, { title: own.verdict }, { title: own.why }],
    claims.map((claim) => [
      [h('strong', message(claim.title, page)), h('p.why', message(claim.statement, page))],
      claimBadge(claim.verdict, page),
      whyOf(claim, titles, page),
    ]),
    { label: own.claims, kind: 'claims' },
  );
}

export function claimCounts(claims: readonly JudgedClaim[], { words }: PageContext): string {
  const of = (wanted: Verdict) => count(claims.filter(({ verdict }) => verdict === wanted).length);
  return words.evidence.counts(of('proved'), of('refuted'), of('not-shown'));
}

type Titles = (ids: readonly ClaimId[]) => Content;

function titlesOf(claims: readonly JudgedClaim[], page: PageContext): Titles {
  const byId = new Map(claims.map(({ id, title }) => [id, title]));
  return (ids) =>
    joined(
      ids.map((id) => {
        const title = byId.get(id);
        return title ? message(title, page) : id;
      }),
      page.words.comma,
    );
}

function whyOf(claim: JudgedClaim, titles: Titles, page: PageContext): Content {
  const own = page.words.evidence;
  const frames = claim.frames.map(String).join(page.words.comma);
  return [
    message(claim.why, page),
    claim.because.length === 0
      ? null
      : h('p.why', own.because, page.words.colon, ...flat(titles(claim.because))),
    frames === '' ? null : h('p.why', own.shownBy(frames)),
  ];
}

/** What refutes nothing and is worth knowing. */
export function remarksView(remarks: readonly Remark[], page: PageContext): Content {
  if (remarks.length === 0) return null;
  return [
    h('h4', page.words.evidence.remarks),
    h(
      'ul.remarks',
      remarks.map(({ words, advice }) =>
        h('li', h('p', message(words, page)), advice === null ? null : h('p.why', message(advice, page))),
      ),
    ),
  ];
}

function causesView(explanations: readonly Explanation[], titles: Titles, page: PageContext): Content {
  if (explanations.length === 0) return null;
  const own = page.words.evidence;
  return h(
    'ul.causes',
    explanations.map(({ cause, remedy, certain, explains }) =>
      h(
        'li',
        h('p', h('strong', message(cause, page)), ' ', badge('bad', certain ? own.certain : own.guess)),
        h('p.why', own.remedy, page.words.colon, message(remedy, page)),
        explains.length === 0 ? null : h('p.why', own.explains, page.words.colon, ...flat(titles(explains))),
      ),
    ),
  );
}
