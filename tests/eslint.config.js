import js from '@eslint/js';
import globals from 'globals';
import { readdirSync } from 'node:fs';

/** Content scripts are classic scripts that see each other's one noun: the name of the file. */
const nouns = readdirSync(new URL('../extension/content/', import.meta.url)).map((file) => file.replace('.js', ''));
const rules = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', { max: 60, IIFEs: false, skipComments: true, skipBlankLines: true }],
  'max-len': ['error', { code: 150, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
  'no-var': 'error',
  'prefer-const': 'error',
  'no-console': ['error', { allow: ['error'] }],
  'no-restricted-properties': ['error', ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property }))],
};

export default [
  { ignores: ['**/node_modules/**', '.venv/**', '**/.venv/**', '**/dist/**', '**/*.min.js', '**/.build/**'] },
  js.configs.recommended,
  { rules },
  {
    files: ['**/extension/{background,popup,options,pages}/**/*.js'],
    languageOptions: { sourceType: 'module', globals: { ...globals.browser, ...globals.serviceworker, chrome: 'readonly' } },
  },
  {
    files: ['**/extension/content/**/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { ...globals.browser, chrome: 'readonly', ...Object.fromEntries(nouns.map((noun) => [noun, 'readonly'])) },
    },
    rules: { 'no-redeclare': ['error', { builtinGlobals: false }], 'no-unused-vars': ['error', { varsIgnorePattern: `^(${nouns.join('|')})$` }], 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/extension/page/**/*.js'],
    languageOptions: { sourceType: 'script', globals: globals.browser },
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['**/backend/web/static/**/*.js'],
    rules: { 'max-len': ['error', { code: 180 }] },
    languageOptions: { sourceType: 'module', globals: globals.browser },
  },
  {
    files: ['**/tests/**/*.js', '**/tests/**/*.mjs'],
    languageOptions: { sourceType: 'module', globals: { ...globals.node, ...globals.browser, chrome: 'writable' } },
    rules: { 'no-redeclare': ['error', { builtinGlobals: false }], 'max-len': ['error', { code: 180, ignoreStrings: true, ignoreTemplateLiterals: true }] },
  },
];
