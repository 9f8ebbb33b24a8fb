/** A page without a session: a browser that came from an extension sends its cookie only when the page itself asks. */

export {};

const asked = new URLSearchParams(location.search).has('again');
if (!asked) {
  const answer = await fetch('/settings/inside').catch(() => null);
  if (answer?.ok) location.replace(`${location.pathname}?again=1`);
}
