import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { HtmlValidate } from 'html-validate';

/** All elements of a drawing, itself included. */
export function elementsOf(root: Element | null): Element[] {
  if (root === null) return [];
  return [root, ...root.children.flatMap((child) => (child.type === 'element' ? elementsOf(child) : []))];
}

/** Those that have the class. */
export function ofClass(root: Element | null, name: string): Element[] {
  return elementsOf(root).filter(({ properties }) => classesOf(properties.className).includes(name));
}

function classesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** What is read in it, without titles. */
export function wordsOf(root: Element | null): string[] {
  return elementsOf(root).flatMap(({ tagName, children }) =>
    tagName === 'text' ? [children.map(ownText).join('')] : [],
  );
}

function ownText(node: ElementContent): string {
  return node.type === 'text' ? node.value : '';
}

export function numberOf(element: Element | undefined, property: string): number {
  return Number(element?.properties[property]);
}

/** What reaches out of the drawing, by about how wide its letters are. */
export function outside(root: Element | null, width: (words: string, kind: string) => number): string[] {
  const [, , right = 0, bottom = 0] = String(root?.properties.viewBox).split(' ').map(Number);
  return elementsOf(root).flatMap((element) => {
    const { left, end, top, low, what } = extentOf(element, width);
    return left < -3 || end > right + 3 || top < -0.01 || low > bottom + 0.01 ? [what] : [];
  });
}

function extentOf(element: Element, width: (words: string, kind: string) => number) {
  const [x, y] = [numberOf(element, 'x'), numberOf(element, 'y')];
  const what = `${element.tagName} ${x} ${y} ${wordsOf(element)[0] ?? ''}`;
  if (element.tagName === 'rect') {
    const [wide, high] = [numberOf(element, 'width'), numberOf(element, 'height')];
    return { left: x, end: x + wide, top: y, low: y + high, what };
  }
  // Signs that each have a place of their own stand in cells.
  if (element.tagName !== 'text' || Number.isNaN(x)) return { left: 0, end: 0, top: 0, low: 0, what };
  const wide = width(wordsOf(element)[0] ?? '', classesOf(element.properties.className).join(' '));
  const before = { end: wide, middle: wide / 2 }[String(element.properties.textAnchor)] ?? 0;
  return { left: x - before, end: x - before + wide, top: y - 8, low: y, what };
}

/** What a validator has against it as part of a page. */
export function faultsOf(root: Element | null): string[] {
  const page = `<!DOCTYPE html>\n<html lang="en"><head><title>p</title></head><body>${root ? toHtml(root) : ''}</body></html>`;
  const report = new HtmlValidate({ extends: ['html-validate:recommended'] }).validateStringSync(page);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
  );
}
