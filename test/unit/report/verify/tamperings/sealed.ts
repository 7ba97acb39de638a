import { edit, seal, text } from '../bundle-files.ts';
import { again, bytes, drop, firstFrames, type Tampering } from './tampering.ts';

/** The manifest, and the hashes in the model, were made to fit: what was computed from the file does not. */
export const sealed: readonly Tampering[] = [
  {
    name: 'who answered a request',
    change: again(edit('runs/2.csv', (csv) => csv.replace(/^(7,[\d.]+,[\d.]+),rs1,/m, '$1,rs2,'))),
    ...{ file: 'report.json', what: /run of entry 2, figures, answers by server, “rs1”/ },
  },
  {
    name: 'whom a request was handed to',
    change: again(edit('runs/2.csv', (csv) => csv.replace(/^(7,.*,rs1,)rs1,,/m, '$1rs2,,'))),
    ...{ file: 'report.json', what: /whom the director handed the request of 10\.10\.0\.200:\d+ to/ },
  },
  {
    name: 'where the director sent a connection',
    change: again(
      edit('runs/2-director.jsonl', (log) => log.replace(/("handed","[^"]*","[\d.]*)11(:80")/, '$112$2')),
    ),
    ...{ file: 'report.json', what: /run of entry 2, figures, judgement, verdict/ },
  },
  {
    name: 'how long a request took',
    change: again(edit('runs/5.csv', (csv) => csv.replace(/^(\d+,[\d.]+),[\d.]+,/m, '$1,99.5,'))),
    ...{ file: 'report.json', what: /run of entry 5, figures, latency, max/ },
  },
  {
    name: 'a request that failed and did not',
    change: again(
      edit('runs/9.csv', (csv) => csv.replace(/^(37,[\d.]+,[\d.]+),,,(rs\d),timeout,/m, '$1,$2,$2,$2,,')),
    ),
    ...{ file: 'report.json', what: /run of entry 9, figures, failed/ },
  },
  {
    name: 'a CSV line taken out',
    change: again(edit('runs/18.csv', (csv) => csv.replace(/^30,.*\n/m, ''))),
    ...{ file: 'report.json', what: /run of entry 18, figures, requests/ },
  },
  {
    name: 'two CSV lines in another order',
    change: again(edit('runs/21.csv', (csv) => csv.replace(/^(10,.*\n)(11,.*\n)/m, '$2$1'))),
    ...{ file: 'report.json', what: /run of entry 21, figures, reply in order 10/ },
  },
  {
    name: 'a CSV line twice',
    change: again(edit('runs/18.csv', (csv) => csv.replace(/^(30,.*\n)/m, '$1$1'))),
    ...{ file: 'runs/18.csv', what: /content/ },
  },
  {
    name: 'a CSV line that is none',
    change: again(edit('runs/18.csv', (csv) => csv.replace(/^30,.*\n/m, '30,soon,4,rs1,,\n'))),
    ...{ file: 'runs/18.csv', what: /content/ },
  },
  {
    name: 'a time that no load has',
    change: again(edit('runs/18.csv', (csv) => csv.replace(/^30,[\d.]+,/m, '30,1e15,'))),
    ...{ file: 'runs/18.csv', what: /content/ },
  },
  {
    name: 'whose address a request came from',
    change: again(edit('runs/5.csv', (csv) => csv.replace('10.10.0.201', '10.10.0.202'))),
    ...{ file: 'report.json', what: /run of entry 5, figures, answers by client address/ },
  },
  {
    name: 'samples of another load',
    change: again((files) => void files.set('runs/24.csv', Buffer.from(text(files, 'runs/26.csv')))),
    ...{ file: 'report.json', what: /run of entry 24, figures/ },
  },
  {
    name: 'a frame’s destination MAC',
    change: again(
      firstFrames((blocks) => void blocks[2]?.writeUInt8((blocks[2].readUInt8(28) ^ 2) & 0xfe, 28)),
    ),
    ...{ file: 'report.json', what: /observation of entry 3/ },
  },
  {
    name: 'a frame taken out',
    change: again(firstFrames((blocks) => void blocks.splice(5, 1))),
    ...{ file: 'report.json', what: /observation of entry 3, frames/ },
  },
  {
    name: 'frames in another order',
    change: again(firstFrames((blocks) => void blocks.splice(2, 0, ...blocks.splice(10, 1)))),
    ...{ file: 'report.json', what: /observation of entry 3/ },
  },
  {
    name: 'a capture cut short',
    change: again(
      (files) => void files.set('captures/3.pcapng', bytes(files, 'captures/3.pcapng').subarray(0, -7)),
    ),
    ...{ file: 'captures/3.pcapng', what: /content/ },
  },
  {
    name: 'the capture of another observation',
    change: again((files) => void files.set('captures/3.pcapng', bytes(files, 'captures/25.pcapng'))),
    ...{ file: 'report.json', what: /observation of entry 3/ },
  },
  {
    name: 'a guest’s sysctl',
    change: again(edit('evidence/15.json', (json) => json.replaceAll('"arpIgnore": 0', '"arpIgnore": 1'))),
    ...{ file: 'report.json', what: /observation of entry 15, claim / },
  },
  {
    name: 'the director’s counters as they were judged',
    change: again(edit('evidence/3.json', (json) => json.replace(/"inPkts": \d+/, '"inPkts": 1'))),
    ...{ file: 'report.json', what: /observation of entry 3, claim counters-agree/ },
  },
  {
    name: 'evidence of another lab',
    change: again(edit('evidence/3.json', (json) => json.replace('3f2b8c1e', '3f2b8c1f'))),
    ...{ file: 'evidence/3.json', what: /the lab it is about, id/ },
  },
  {
    name: 'evidence that is none',
    change: again(edit('evidence/3.json', (json) => json.replace('"revision": 3', '"revision": 7'))),
    ...{ file: 'evidence/3.json', what: /revision/ },
  },
  {
    name: 'evidence with a time that is no number',
    change: again(
      edit('evidence/3.json', (json) => json.replace(/"recordStart": "\d+"/, '"recordStart": "soon"')),
    ),
    ...{ file: 'captures/3.pcapng', what: /content/ },
  },
  {
    name: 'an added file in the manifest',
    change: (files) => {
      files.set('answers.txt', Buffer.from('42'));
      seal(files);
    },
    ...{ file: 'answers.txt', what: /the file/ },
  },
  {
    name: 'samples that belong to no load',
    change: (files) => {
      files.set('runs/99.csv', Buffer.from(text(files, 'runs/2.csv')));
      seal(files);
    },
    ...{ file: 'runs/99.csv', what: /the file/ },
  },
  {
    name: 'no samples, and none listed',
    change: again(drop('runs/7.csv')),
    ...{ file: 'runs/7.csv', what: /the file/ },
  },
  {
    name: 'no evidence, and none listed',
    change: again(drop('evidence/22.json')),
    ...{ file: 'evidence/22.json', what: /the file/ },
  },
  {
    name: 'no Markdown, and none listed',
    change: (files) => {
      files.delete('report.md');
      seal(files);
    },
    ...{ file: 'report.md', what: /the file/ },
  },
];
