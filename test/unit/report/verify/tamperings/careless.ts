import { edit } from '../bundle-files.ts';
import { drop, flip, type Tampering } from './tampering.ts';

/** One file was changed, and nothing else was made to fit. */
export const careless: readonly Tampering[] = [
  {
    name: 'a figure in the model',
    change: edit('report.json', (json) => json.replace(/("figures": \{\s*"requests": )600/, '$1601')),
    ...{ file: 'report.json', what: /run of entry 2, figures/ },
  },
  {
    name: 'a figure in the page',
    change: edit('report.html', (html) => html.replace('>600<', '>599<')),
    ...{ file: 'report.html', what: /^line \d+/ },
  },
  {
    name: 'a word in the page',
    change: edit('report.html', (html) => html.replace('proved', 'refuted')),
    ...{ file: 'report.html', what: /^line \d+/ },
  },
  {
    name: 'a script put into the page',
    change: edit('report.html', (html) => html.replace('</main>', '<script>1</script></main>')),
    ...{ file: 'report.html', what: /^line \d+/ },
  },
  {
    name: 'the model in the page',
    change: edit('report.html', (html) => html.replace('"failed":0', '"failed":1')),
    ...{ file: 'report.html', what: /the model in it, run of entry 2, figures, failed/ },
  },
  {
    name: 'a page without its model',
    change: edit('report.html', (html) => html.replace('lvslab-report', 'none')),
    ...{ file: 'report.html', what: /the model in it/ },
  },
  {
    name: 'a page with a second model',
    change: edit(
      'report.html',
      (html) => `<script type="application/json" id="lvslab-report">{}</script>${html}`,
    ),
    ...{ file: 'report.html', what: /the model in it/ },
  },
  {
    name: 'a row of the Markdown',
    change: edit('report.md', (md) => md.replace(/\b600\b/, '900')),
    ...{ file: 'report.md', what: /^line \d+/ },
  },
  {
    name: 'a line put into the Markdown',
    change: edit('report.md', (md) => md.replace('\n\n', '\n\nAll of it was done in time.\n\n')),
    ...{ file: 'report.md', what: /^line \d+/ },
  },
  {
    name: 'a line taken out of the Markdown',
    change: edit('report.md', (md) => md.replace(/^\|.*300.*\n/m, '')),
    ...{ file: 'report.md', what: /^line \d+/ },
  },
  {
    name: 'a CSV line',
    change: edit('runs/2.csv', (csv) => csv.replace(/^7,(.*),rs1,/m, '7,$1,rs2,')),
    ...{ file: 'runs/2.csv', what: /against the manifest/ },
  },
  {
    name: 'a frame’s byte',
    change: flip('captures/3.pcapng'),
    ...{ file: 'captures/3.pcapng', what: /against the manifest/ },
  },
  {
    name: 'what a guest said',
    change: edit('evidence/15.json', (json) => json.replace('"arpIgnore": 0', '"arpIgnore": 1')),
    ...{ file: 'evidence/15.json', what: /against the manifest/ },
  },
  {
    name: 'a script',
    change: edit('scripts/dr/rs1.sh', (script) => script.replace('set -eu', 'set -u')),
    ...{ file: 'scripts/dr/rs1.sh', what: /against the manifest/ },
  },
  {
    name: 'the schema',
    change: edit('report.schema.json', (json) => json.replace('"const": 2', '"const": 3')),
    ...{ file: 'report.schema.json', what: /^line \d+/ },
  },
  {
    name: 'the README',
    change: edit('README.txt', (words) => words.replace('demo', 'other')),
    ...{ file: 'README.txt', what: /^line \d+/ },
  },
  {
    name: 'a hash in the manifest',
    change: edit('manifest.json', (json) =>
      json.replace(/("runs\/5\.csv",\s*"bytes": \d+,\s*"sha256": ")../, '$1zz'),
    ),
    ...{ file: 'runs/5.csv', what: /against the manifest/ },
  },
  {
    name: 'a size in the manifest',
    change: edit('manifest.json', (json) => json.replace(/("runs\/5\.csv",\s*"bytes": )\d+/, '$11')),
    ...{ file: 'runs/5.csv', what: /against the manifest/ },
  },
  {
    name: 'a manifest that is no JSON',
    change: edit('manifest.json', (json) => json.slice(1)),
    ...{ file: 'manifest.json', what: /content/ },
  },
  {
    name: 'a manifest of another format',
    change: edit('manifest.json', (json) => json.replace('lvslab-bundle', 'bundle')),
    ...{ file: 'manifest.json', what: /format/ },
  },
  { name: 'no manifest', change: drop('manifest.json'), file: 'manifest.json', what: /the file/ },
  { name: 'no samples', change: drop('runs/7.csv'), file: 'runs/7.csv', what: /the file/ },
  { name: 'no capture', change: drop('captures/19.pcapng'), file: 'captures/19.pcapng', what: /the file/ },
  { name: 'no script', change: drop('scripts/nat/rs2.sh'), file: 'scripts/nat/rs2.sh', what: /the file/ },
  { name: 'no page', change: drop('report.html'), file: 'report.html', what: /the file/ },
  {
    name: 'a file that was added',
    change: (files) => void files.set('runs/99.csv', Buffer.from('request\n')),
    ...{ file: 'runs/99.csv', what: /the file/ },
  },
  {
    name: 'a model that is no JSON',
    change: edit('report.json', (json) => json.slice(0, -3)),
    ...{ file: 'report.json', what: /all of it/ },
  },
  {
    name: 'a value of another kind',
    change: edit('report.json', (json) => json.replace('"verifiable": true', '"verifiable": "yes"')),
    ...{ file: 'report.json', what: /observation of entry 3, verifiable/ },
  },
  {
    name: 'a value that no report has',
    change: edit('report.json', (json) => json.replace('"version": 2,', '"version": 2, "grade": "A",')),
    ...{ file: 'report.json', what: /grade/ },
  },
  {
    name: 'a name that stands twice',
    change: edit('report.json', (json) =>
      json.replace('"author":', '"author": "Someone else",\n  "author":'),
    ),
    ...{ file: 'report.json', what: /^line \d+/ },
  },
];
