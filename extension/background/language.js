/** The words of the interface, in the language that the person chose or the browser has. */
import { packaged } from './backend.js';
import * as state from './state.js';

/** Language tag to folder of `_locales`. */
export const LOCALES = { en: 'en', vi: 'vi', zh: 'zh_CN' };

/** @type {Map<string, Promise<Record<string, string>>>} */
const tables = new Map();

/**
 * @param {string} chosen empty for the browser's own
 * @returns {'en' | 'vi' | 'zh'}
 */
export function pick(chosen) {
  const tag = (chosen || chrome.i18n.getUILanguage()).slice(0, 2).toLowerCase();
  return tag === 'vi' || tag === 'zh' ? tag : 'en';
}

/** @returns {Promise<{language: string, words: Record<string, string>}>} */
export async function words() {
  const language = pick((await state.settings()).language);
  if (!tables.has(language)) tables.set(language, table(language));
  return { language, words: await /** @type {Promise<Record<string, string>>} */ (tables.get(language)) };
}

/** @param {'en' | 'vi' | 'zh'} language */
async function table(language) {
  /** @type {Record<string, {message: string}>} */
  const entries = await packaged(`_locales/${LOCALES[language]}/messages.json`);
  return Object.fromEntries(Object.entries(entries).map(([key, { message }]) => [key, message]));
}
