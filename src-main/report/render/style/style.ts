import { pictureStyle } from '../../pictures/style.ts';
import { colors } from './colors.ts';
import { print } from './print.ts';
import { tables } from './tables.ts';
import { text } from './text.ts';

/** The page's own style sheet. Lengths are steps of 8 px. */
export const style = [colors, text, tables, pictureStyle, print].join('\n');
