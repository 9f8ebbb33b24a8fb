/** The look of everything that is shown on a page; adopted by the closed shadow root. */
const styles = `
:host {
  all: initial !important; display: block !important; position: fixed !important; inset: 0 auto auto 0 !important; inline-size: 0 !important; block-size: 0 !important;
}
.ui {
  --surface: #ffffff; --ink: #14211f; --soft: #4d5f5c; --line: #d5e0dd; --field: #f1f6f4; --accent: #0f766e; --accent-deep: #0b5d57;
  --on-accent: #ffffff; --clear: #0f766e; --note: #2563a8; --note-tint: #e6f0fb; --warn: #8a5300; --warn-tint: #fff1d6;
  --stop: #b3261e; --stop-tint: #fdeae8; --shadow: 0 2px 6px rgb(20 33 31 / 8%), 0 18px 48px rgb(20 33 31 / 22%);
  color: var(--ink); color-scheme: light; direction: ltr; text-align: start;
  font: 400 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere; -webkit-font-smoothing: antialiased;
}
@media (prefers-color-scheme: dark) {
  .ui {
    --surface: #172120; --ink: #e6efed; --soft: #a3b5b1; --line: #2f3f3c; --field: #1f2b29; --accent: #4fd1c0; --accent-deep: #7ce0d2;
    --on-accent: #06201d; --clear: #4fd1c0; --note: #86b8f0; --note-tint: #1a2c42; --warn: #f0be62; --warn-tint: #352a14;
    --stop: #ff9d94; --stop-tint: #3f2320; --shadow: 0 2px 6px rgb(0 0 0 / 40%), 0 18px 48px rgb(0 0 0 / 55%);
    color-scheme: dark;
  }
}
.ui, .ui * { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3, p, ul, figure, blockquote { margin: 0; padding: 0; font-size: inherit; font-weight: inherit; list-style: none; }
button { all: unset; box-sizing: border-box; cursor: pointer; font: inherit; color: inherit; text-align: center; }
button:focus-visible, .heading:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 10px; }
.heading:focus { outline-offset: 4px; }
.heading:focus:not(:focus-visible) { outline: none; }
svg { display: block; inline-size: 1em; block-size: 1em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; flex: none; }

/* chip */
.chip {
  position: fixed; inset: auto; margin: 0; border: 1px solid var(--line); background: var(--surface); border-radius: 99px; padding: 0;
  box-shadow: 0 1px 3px rgb(20 33 31 / 14%); overflow: hidden; max-inline-size: min(300px, calc(100vw - 16px));
}
.chip button { display: flex; align-items: center; gap: 6px; min-block-size: 24px; min-inline-size: 24px; padding-inline: 4px; justify-content: center; font-size: 12.5px; line-height: 1.3; border-radius: 99px; }
.chip button:focus-visible { outline-offset: -3px; border-radius: 99px; }
.chip .mark { font-size: 16px; color: var(--soft); }
.chip .label { display: none; padding-block: 3px; padding-inline-end: 6px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.chip[data-open]:not([data-narrow]) .label, .chip button:hover .label, .chip button:focus-visible .label { display: block; }
.chip[data-state=clear] .mark { color: var(--clear); }
.chip[data-state=note] .mark { color: var(--note); }
.chip[data-state=warn] { background: var(--warn-tint); border-color: var(--warn); }
.chip[data-state=warn] .mark, .chip[data-state=gap] .mark { color: var(--warn); }
.chip[data-state=stop] { background: var(--stop-tint); border-color: var(--stop); }
.chip[data-state=stop] .mark { color: var(--stop); }
.chip[data-state=fault] .mark, .chip[data-state=blind] .mark { color: var(--warn); }
.chip[data-state=checking] .mark svg { animation: turn 1.1s linear infinite; }
@keyframes turn { to { rotate: 1turn; } }

/* words found, marked in the box */
.marks { position: fixed; inset: 0 auto auto 0; inline-size: 0; block-size: 0; margin: 0; border: 0; padding: 0; background: none; overflow: visible; pointer-events: none; }
.marks i { position: fixed; background: color-mix(in srgb, var(--note) 14%, transparent); border-block-end: 2px solid var(--note); border-radius: 2px; }
.marks i[data-level=warn] { background: color-mix(in srgb, var(--warn) 18%, transparent); border-color: var(--warn); border-block-end-style: dashed; }
.marks i[data-level=stop] { background: color-mix(in srgb, var(--stop) 16%, transparent); border-color: var(--stop); }
.twin { position: fixed; visibility: hidden; overflow: hidden; block-size: auto; max-block-size: none; }
.frame { position: fixed; inset: auto; margin: 0; padding: 0; border: 3px solid var(--accent); border-radius: 10px; background: none; pointer-events: none; overflow: visible; }

/* card and dialog */
.card, dialog { border: 1px solid var(--line); background: var(--surface); color: inherit; padding: 0; box-shadow: var(--shadow); overflow: hidden; }
.card { position: fixed; inset: auto; margin: 0; border-radius: 16px; inline-size: min(360px, calc(100vw - 16px)); max-block-size: min(440px, calc(100vh - 16px)); flex-direction: column; }
.card:popover-open { display: flex; }
dialog { border-radius: 20px; inline-size: min(520px, calc(100vw - 24px)); max-inline-size: none; max-block-size: min(720px, calc(100dvh - 24px)); margin: auto; flex-direction: column; }
dialog[open] { display: flex; }
/* The dialog itself does not fade in: what is half visible counts as covered. */
dialog::backdrop { background: rgb(9 18 17 / 46%); animation: fade .18s ease-out; }
@keyframes fade { from { opacity: 0; } }
.head { display: flex; gap: 12px; align-items: flex-start; padding: 22px 24px 14px; }
.card .head { padding: 14px 16px 8px; gap: 10px; }
.badge { display: grid; place-items: center; inline-size: 36px; block-size: 36px; border-radius: 12px; font-size: 20px; flex: none; background: var(--field); color: var(--accent); }
.card .badge { inline-size: 28px; block-size: 28px; border-radius: 9px; font-size: 16px; }
.badge[data-level=note] { background: var(--note-tint); color: var(--note); }
.badge[data-level=warn], .badge[data-level=gap] { background: var(--warn-tint); color: var(--warn); }
.badge[data-level=stop] { background: var(--stop-tint); color: var(--stop); }
.titles { flex: 1; min-inline-size: 0; }
.heading { font-size: 19px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; text-wrap: balance; }
.card .heading { font-size: 15px; letter-spacing: 0; padding-block-start: 3px; }
:lang(zh-Hans) .heading { letter-spacing: 0; }
.lead { color: var(--soft); margin-block-start: 4px; font-size: 14px; }
.close { display: grid; place-items: center; inline-size: 28px; block-size: 28px; border-radius: 8px; color: var(--soft); font-size: 16px; flex: none; }
.close:hover { background: var(--field); color: var(--ink); }
.body { overflow: auto; overscroll-behavior: contain; padding: 2px 24px 18px; display: grid; gap: 20px; align-content: start; scrollbar-width: thin; }
.card .body { padding: 0 16px 14px; gap: 14px; }
.finding { display: grid; gap: 8px; }
.finding + .finding, .finding + .gaps, .gaps + .finding { border-block-start: 1px solid var(--line); padding-block-start: 18px; }
.card .finding + .finding, .card .finding + .gaps { padding-block-start: 12px; }
.finding h3 { display: flex; gap: 8px; align-items: baseline; font-weight: 620; }
.dot { inline-size: 9px; block-size: 9px; border-radius: 50%; flex: none; background: var(--note); translate: 0 -1px; }
.dot[data-level=warn] { background: var(--warn); border-radius: 2px; rotate: 45deg; }
.dot[data-level=stop] { background: var(--stop); border-radius: 2px; }
.quote { border-inline-start: 3px solid var(--line); padding: 2px 0 2px 12px; color: var(--soft); font-size: 14px; white-space: pre-wrap; }
.quote mark { background: var(--warn-tint); color: var(--ink); font-weight: 600; border-radius: 4px; padding: 1px 3px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.quote[data-level=stop] mark { background: var(--stop-tint); }
.quote[data-level=note] mark { background: var(--note-tint); }
.reason, .advice { font-size: 14.5px; }
.advice { color: var(--soft); }
figure { display: grid; gap: 6px; }
canvas { display: block; inline-size: auto; max-inline-size: 100%; max-block-size: 220px; block-size: auto; border-radius: 10px; border: 1px solid var(--line); background: var(--field); }
.again canvas { max-block-size: 110px; }
.again figcaption { display: none; }
.card canvas { max-block-size: 120px; }
.file { display: flex; gap: 10px; align-items: center; padding: 10px 12px; background: var(--field); border-radius: 10px; font-size: 14px; }
.file svg { font-size: 20px; color: var(--soft); }
figcaption { font-size: 12.5px; color: var(--soft); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.remedy { border: 1px solid var(--accent); color: var(--accent); border-radius: 10px; padding: 6px 12px; font-size: 14px; font-weight: 560; }
.remedy:hover { background: color-mix(in srgb, var(--accent) 10%, transparent); }
.plain { color: var(--soft); font-size: 13px; padding: 6px 4px; border-radius: 8px; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
.body > .plain { justify-self: start; }
.plain:hover { color: var(--ink); }
.row.after { gap: 4px 14px; }
.told { font-size: 13.5px; color: var(--soft); background: var(--field); border-radius: 10px; padding: 8px 12px; }
.gaps { display: grid; gap: 8px; }
.gaps h3 { font-weight: 620; }
.gaps li { display: flex; gap: 10px; padding: 10px 12px; border-radius: 10px; background: var(--warn-tint); font-size: 14px; }
.gaps li svg { font-size: 18px; color: var(--warn); margin-block-start: 2px; }
.waiting { display: grid; gap: 10px; font-size: 14.5px; color: var(--soft); }
progress { appearance: none; inline-size: 100%; block-size: 6px; border: 0; border-radius: 9px; overflow: hidden; background: var(--field); }
progress::-webkit-progress-bar { background: var(--field); }
progress:indeterminate { background: linear-gradient(90deg, var(--field) 30%, var(--accent) 50%, var(--field) 70%) 100% 0 / 300% 100%; animation: slide 1.6s linear infinite; }
progress:indeterminate::-webkit-progress-bar { background: transparent; }
progress:indeterminate::-moz-progress-bar { background: transparent; }
@keyframes slide { to { background-position: -50% 0; } }
progress::-webkit-progress-value { background: var(--accent); border-radius: 9px; transition: inline-size .2s; }
progress::-moz-progress-bar { background: var(--accent); border-radius: 9px; }
.foot { display: flex; flex-wrap: wrap; gap: 10px; justify-content: flex-end; align-items: center; padding: 14px 24px 20px; border-block-start: 1px solid var(--line); background: var(--surface); }
.foot .ask { flex: 1 1 100%; font-weight: 600; }
.foot .ask + .quiet { margin-inline-start: auto; }
.loud { background: var(--accent); color: var(--on-accent); font-weight: 620; border-radius: 12px; padding: 10px 22px; min-inline-size: 130px; }
.loud:hover { background: var(--accent-deep); }
.quiet { color: var(--soft); border-radius: 12px; padding: 10px 14px; }
.quiet:hover { color: var(--ink); background: var(--field); }
.code { font: 650 34px/1.2 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; letter-spacing: .08em; color: var(--accent); padding-block: 6px; }
.banner { position: fixed; inset: 16px 16px auto auto; margin: 0; border: 1px solid var(--line); border-radius: 18px; background: var(--surface); box-shadow: var(--shadow); padding: 18px 22px; inline-size: min(340px, calc(100vw - 32px)); }
.banner .lead + .row { margin-block-start: 12px; }
.toast { position: fixed; inset: auto 0 24px 0; margin: 0 auto; inline-size: fit-content; max-inline-size: min(460px, calc(100vw - 24px)); border: 1px solid var(--line); border-radius: 14px; background: var(--surface); box-shadow: var(--shadow); padding: 12px 18px; font-size: 14.5px; }
@media (max-width: 420px) {
  .head { padding: 18px 18px 10px; } .body { padding-inline: 18px; } .foot { padding: 12px 18px 16px; }
  .foot { flex-direction: column-reverse; align-items: stretch; } .foot .ask { flex: none; order: 9; } .foot .ask + .quiet { margin-inline-start: 0; }
}
@media (prefers-reduced-motion: reduce) { .ui, .ui *, .ui::backdrop { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .loud, .remedy, .chip, .card { border: 1px solid; } .marks i { border-color: Mark; } .quote mark { outline: 1px solid; } }
`;
