/** Style sheet of `<session-devices>`. Adopted, not inlined: a strict Content-Security-Policy allows it. */
export const deviceStyles = `
:host {
  --text: var(--session-devices-text, light-dark(#1b1f24, #e8eaed));
  --muted: var(--session-devices-muted, light-dark(#57606a, #a9b1ba));
  --surface: var(--session-devices-surface, light-dark(#ffffff, #1c2128));
  --border: var(--session-devices-border, light-dark(#d0d7de, #444c56));
  --accent: var(--session-devices-accent, light-dark(#0550ae, #79b8ff));
  --danger: var(--session-devices-danger, light-dark(#a40e26, #ff9a93));
  --notice: var(--session-devices-notice, light-dark(#fff4d6, #3a2f12));
  display: block;
  color: var(--text);
  font: inherit;
  line-height: 1.5;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
h1, h2, h3, h4, h5, h6 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 0.75rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; }
li {
  display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: 0.75rem;
  padding: 1rem; border: 1px solid var(--border); border-radius: 0.75rem; background: var(--surface);
}
li[aria-current] { border-color: var(--accent); border-width: 2px; }
.facts { flex: 1 1 12rem; min-width: 0; }
.name { display: flex; flex-wrap: wrap; align-items: center; gap: 0.125rem 0.5rem; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
.badge {
  padding: 0 0.5rem; border: 1px solid currentColor; border-radius: 1rem;
  color: var(--accent); font-size: 0.8125rem; font-weight: 600; white-space: nowrap;
}
.meta { margin: 0.125rem 0 0; color: var(--muted); font-size: 0.875rem; overflow-wrap: anywhere; }
.meta span:not(:last-child)::after { content: " · "; }
.actor { margin: 0.5rem 0 0; padding: 0.5rem 0.75rem; border-inline-start: 4px solid var(--danger); background: var(--notice); overflow-wrap: anywhere; }
button {
  font: inherit; min-height: 2.75rem; padding: 0.375rem 1rem; border: 1px solid var(--muted); border-radius: 0.5rem;
  background: transparent; color: var(--danger); cursor: pointer;
}
button:hover { border-color: currentColor; }
button[disabled] { opacity: 0.6; cursor: progress; }
button.plain { color: var(--text); }
.all { margin-top: 1rem; }
.status { margin: 0.75rem 0 0; min-height: 1.5em; }
.error { padding: 0.75rem 1rem; border: 1px solid var(--danger); border-radius: 0.75rem; }
.error p { margin: 0 0 0.75rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dialog {
  max-width: min(28rem, calc(100vw - 2rem)); padding: 1.25rem; border: 1px solid var(--border); border-radius: 0.75rem;
  background: var(--surface); color: var(--text);
}
dialog::backdrop { background: rgb(0 0 0 / 50%); }
dialog p { margin: 0 0 1rem; }
.choices { display: flex; flex-wrap: wrap; gap: 0.75rem; justify-content: flex-end; }
@media (prefers-contrast: more) { li, button { border-color: currentColor; } }
@media (forced-colors: active) { li[aria-current] { border-color: Highlight; } }
`;
