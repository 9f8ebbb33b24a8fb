/**
 * The worker's front door. Every listener is registered here, synchronously and at
 * top level: a worker that was asleep is started again by the event itself, and a
 * listener added later would miss it.
 */
import * as managed from './managed.js';
import * as messages from './messages.js';
import * as sites from './sites.js';
import * as state from './state.js';
import * as team from './team.js';

chrome.runtime.onMessage.addListener(messages.receive);

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  await state.lock();
  await sites.register();
  if (reason === 'install') await sites.enterOpenTabs();
  await team.joinPreset();
});

chrome.runtime.onStartup.addListener(async () => {
  await state.lock();
  await sites.register();
  await team.joinPreset();
});

chrome.permissions.onAdded.addListener(async ({ origins = [] }) => {
  await sites.register();
  await sites.enterOpenTabs(origins);
});
chrome.permissions.onRemoved.addListener(() => sites.register());

chrome.storage.onChanged.addListener(async (_changes, area) => {
  if (area !== 'managed') return;
  managed.forget();
  await sites.register();
  await sites.announce();
  await team.joinPreset();
});
