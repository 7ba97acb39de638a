import type { ReportLanguage } from '../../contract/report.ts';
import { zipWays, type PackingDifference, type ZipWay } from '../bundle/packing-difference.ts';

/** What is said of a report that is packed otherwise than LVS Lab packs one. */
interface PackingWords {
  readonly unpacked: string;
  readonly inFolder: (folder: string) => string;
  readonly inZip: (zips: string) => string;
  readonly leftovers: (count: number, files: string) => string;
  readonly beside: (count: number, files: string) => string;
  readonly zip: (ways: string) => string;
  readonly ways: Readonly<Record<ZipWay, string>>;
  readonly separator: string;
}

const words: Readonly<Record<ReportLanguage, PackingWords>> = {
  en: {
    unpacked: 'It is unpacked: a folder with the files of a bundle.',
    inFolder: (folder) => `It was packed again: its files are in the folder ${folder}.`,
    inZip: (zips) => `It is within another zip: ${zips}.`,
    leftovers: (count, files) =>
      `${count === 1 ? 'A file that another program left was' : `${count} files that other programs left were`} passed over: ${files}.`,
    beside: (count, files) =>
      `${count === 1 ? 'A file beside it is' : `${count} files beside it are`} no part of it, and not verified: ${files}.`,
    zip: (ways) => `Another program packed it: ${ways}.`,
    ways: {
      order: 'its files are in another order',
      compression: 'not all of them are deflated',
      times: 'they have times of their own',
      zip64: 'it has the zip64 form',
      encoding: 'names are not marked as UTF-8',
      'folder-entries': 'folders are listed',
      backslashes: 'names have \\ for /',
      dots: 'names have parts that mean nothing, such as ./',
    },
    separator: ', ',
  },
  'zh-CN': {
    unpacked: '这是解压后的文件夹，内含报告包的文件。',
    inFolder: (folder) => `经重新打包：文件位于文件夹 ${folder} 中。`,
    inZip: (zips) => `位于另一个 zip 中：${zips}。`,
    leftovers: (count, files) => `忽略了其他程序留下的 ${count} 个文件：${files}。`,
    beside: (count, files) => `旁边的 ${count} 个文件不属于报告，未核验：${files}。`,
    zip: (ways) => `由其他程序打包：${ways}。`,
    ways: {
      order: '文件顺序不同',
      compression: '部分文件未用 Deflate 压缩',
      times: '各文件时间不同',
      zip64: '使用 zip64 格式',
      encoding: '文件名未标明为 UTF-8',
      'folder-entries': '列出了文件夹',
      backslashes: '文件名用 \\ 代替 /',
      dots: '文件名含有 ./ 等无意义部分',
    },
    separator: '，',
  },
  ja: {
    unpacked: '展開済みのフォルダーです（バンドルのファイルが入っています）。',
    inFolder: (folder) => `再圧縮されています。ファイルはフォルダー ${folder} の中にあります。`,
    inZip: (zips) => `別の zip の中にあります：${zips}。`,
    leftovers: (count, files) => `他のプログラムが残した ${count} 件のファイルを無視しました：${files}。`,
    beside: (count, files) => `隣の ${count} 件のファイルはレポートに含まれず、検証していません：${files}。`,
    zip: (ways) => `別のプログラムで圧縮されています：${ways}。`,
    ways: {
      order: 'ファイルの順序が異なる',
      compression: 'Deflate で圧縮されていないファイルがある',
      times: 'ファイルの時刻がそれぞれ異なる',
      zip64: 'zip64 形式である',
      encoding: '名前に UTF-8 の印がない',
      'folder-entries': 'フォルダーが一覧にある',
      backslashes: '名前の / が \\ になっている',
      dots: '名前に ./ など意味のない部分がある',
    },
    separator: '、',
  },
};

/** As many names are told; the others are counted. */
const mostNamed = 5;

/** How a report is packed otherwise, as sentences in one language. */
export function packingWords(packing: readonly PackingDifference[], language: ReportLanguage): string[] {
  const own = words[language];
  const names = (files: readonly string[]) =>
    [...files.slice(0, mostNamed), ...(files.length > mostNamed ? ['…'] : [])].join(own.separator);
  const ways = new Set(packing.flatMap((each) => (each.kind === 'zip' ? each.ways : [])));
  const sentences = packing.flatMap((each) => {
    switch (each.kind) {
      case 'unpacked':
        return [own.unpacked];
      case 'in-folder':
        return [own.inFolder(each.folder)];
      case 'in-zip':
        return [own.inZip(each.zips.join(' › '))];
      case 'leftovers':
        return [own.leftovers(each.files.length, names(each.files))];
      case 'beside':
        return [own.beside(each.files.length, names(each.files))];
      case 'zip':
        return [];
    }
  });
  if (ways.size === 0) return sentences;
  const told = zipWays.filter((way) => ways.has(way)).map((way) => own.ways[way]);
  return [...sentences, own.zip(told.join(own.separator))];
}
