#!/usr/bin/env node
import { setUpAndRun } from './set-up.mjs';

await setUpAndRun('acceptance');
