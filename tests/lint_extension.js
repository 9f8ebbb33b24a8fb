/**
 * `web-ext lint` on the extension; every error, notice and warning fails, but for one.
 * The manifest serves both browsers, and Firefox rightly says that it leaves the
 * service worker to Chromium.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const KNOWN = new Set(['BACKGROUND_SERVICE_WORKER_IGNORED']);
const here = fileURLToPath(new URL('.', import.meta.url));

/** @returns {{errors: any[], notices: any[], warnings: any[]}} */
function lint() {
  const command = ['lint', '--source-dir', '../extension', '--ignore-files', 'types.d.ts', '--output', 'json', '--no-config-discovery'];
  try {
    return JSON.parse(execFileSync('node_modules/.bin/web-ext', command, { cwd: here, encoding: 'utf8' }));
  } catch (error) {
    return JSON.parse(/** @type {{stdout: string}} */ (error).stdout);
  }
}

const { errors, notices, warnings } = lint();
const found = [...errors, ...notices, ...warnings].filter(({ code }) => !KNOWN.has(code));
for (const { code, message, file, line } of found) process.stderr.write(`${file ?? 'manifest.json'}:${line ?? 1} ${code} ${message}\n`);
process.exitCode = found.length ? 1 : 0;
