/**
 * `web-ext lint` on the extension's folder, or on the packages named: every error, notice
 * and warning fails, but for what is known of the folder. It serves both browsers, and
 * Firefox rightly says what it leaves to Chromium; a package may have nothing of that.
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = '../extension';
const KNOWN = new Set(['BACKGROUND_SERVICE_WORKER_IGNORED']);
const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {string} source
 * @returns {{errors: any[], notices: any[], warnings: any[]}}
 */
function lint(source) {
  const command = ['lint', '--source-dir', source, '--ignore-files', 'types.d.ts', '--output', 'json', '--no-config-discovery'];
  try {
    return JSON.parse(execFileSync('node_modules/.bin/web-ext', command, { cwd: here, encoding: 'utf8' }));
  } catch (error) {
    return JSON.parse(/** @type {{stdout: string}} */ (error).stdout);
  }
}

for (const source of process.argv.length > 2 ? process.argv.slice(2).map((path) => resolve(path)) : [FOLDER]) {
  const { errors, notices, warnings } = lint(source);
  const found = [...errors, ...notices, ...warnings].filter(({ code }) => source !== FOLDER || !KNOWN.has(code));
  for (const { code, message, file, line } of found) process.stderr.write(`${file ?? 'manifest.json'}:${line ?? 1} ${code} ${message}\n`);
  if (found.length) process.exitCode = 1;
}
