// Changes the files of the safety core in one place after another, and each time runs the unit
// tests that check the file. Prints the changes that no test noticed, and fails if it noticed less than 90 % in a file.
// `npm run mutation -- retry guards`: only files whose path contains one of these words.
// `MUTATION_WORKERS`: how many changes are tried at a time; default: 1. Reports are in `build/mutation/`.
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { TARGETS } from './targets.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = 'build/mutation';
/** Percent of the changes in each file. */
const LEAST_NOTICED = 90;

/** Stryker's options for one file. */
const optionsFor = (file) => {
  const name = basename(file, '.ts');
  return {
    mutate: [file],
    // Stryker changes a copy of the project; it does not need all of it.
    ignorePatterns: ['/build', '/docs', '/docker', '/public', '/target', '/test/artifacts', '*.md'],
    testRunner: 'jest',
    jest: { configFile: 'scripts/mutation/jest.config.cjs', enableFindRelatedTests: false },
    plugins: ['@stryker-mutator/jest-runner', join(ROOT, 'scripts/mutation/ignore_messages.mjs')],
    ignorers: ['messages'],
    coverageAnalysis: 'perTest',
    disableTypeChecks: false,
    allowConsoleColors: false,
    concurrency: Number(process.env.MUTATION_WORKERS ?? 1),
    timeoutMS: 20_000,
    tempDirName: `${FOLDER}/copy`,
    incremental: true,
    incrementalFile: `${FOLDER}/${name}.incremental.json`,
    reporters: ['html', 'json', 'progress-append-only'],
    htmlReporter: { fileName: `${FOLDER}/${name}.html` },
    jsonReporter: { fileName: `${FOLDER}/${name}.json` },
    logLevel: 'warn',
  };
};

/** Where the change is, the line, and what replaced the code there. Lines and columns count from 1. */
function describe({ status, location: { start, end }, mutatorName, replacement }, lines) {
  const place = `${start.line}:${start.column}-${end.line}:${end.column}`;
  const how = status === 'NoCoverage' ? `${mutatorName}, which no test runs` : mutatorName;
  const after = replacement.replace(/\s+/g, ' ').slice(0, 120);
  return `  ${place} ${how}\n    ${lines[start.line - 1].trim()}\n    → ${after}`;
}

/** Changes one file; returns the percentage that was noticed. */
async function mutate(file) {
  process.env.MUTATION_TESTS = TARGETS[file].join(',');
  const results = await new Stryker(optionsFor(file)).runMutationTest();
  const noticed = results.filter(({ status }) => ['Killed', 'Timeout'].includes(status)).length;
  const left = results.filter(({ status }) => ['Survived', 'NoCoverage'].includes(status));
  const all = noticed + left.length;
  const percent = (100 * noticed) / all;
  console.log(`${file}: ${noticed} of ${all} changes noticed, ${percent.toFixed(1)} %`);
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const one of left) console.log(describe(one, lines));
  return percent;
}

process.chdir(ROOT);
mkdirSync(FOLDER, { recursive: true });
const words = process.argv.slice(2);
const isChosen = (file) => words.length === 0 || words.some((word) => file.includes(word));
const files = Object.keys(TARGETS).filter(isChosen);
if (files.length === 0)
  throw new Error(`No file of the safety core contains ${words.join(' or ')}`);
const tooFew = [];
for (const file of files) if (!((await mutate(file)) >= LEAST_NOTICED)) tooFew.push(file);
if (tooFew.length > 0) console.log(`Less than ${LEAST_NOTICED} % noticed: ${tooFew.join(', ')}`);
process.exit(tooFew.length > 0 ? 1 : 0);
