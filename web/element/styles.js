/**
 * How the element looks, as a sheet that no Content-Security-Policy of the page around it can object to.
 *
 * @module
 */

const TEXT = `
:host {
  --_accent: var(--gossamer-accent, #0d6b62);
  --_on-accent: var(--gossamer-on-accent, #ffffff);
  --_ink: var(--gossamer-ink, #1a1b1a);
  --_muted: var(--gossamer-muted, #595b58);
  --_surface: var(--gossamer-surface, #f6f6f4);
  --_raised: var(--gossamer-raised, #ffffff);
  --_line: var(--gossamer-line, #8b8c89);
  --_danger: var(--gossamer-danger, #a02a1f);
  --_radius: var(--gossamer-radius, 8px);
  display: block;
  min-inline-size: 0;
  color: var(--_ink);
  font-size: 0.9375rem;
  line-height: 1.4;
}

/* Dark where the page around is: a page that knows only light keeps a light element. */
@supports (color: light-dark(red, red)) {
  :host {
    --_accent: var(--gossamer-accent, light-dark(#0d6b62, #6cc9bc));
    --_on-accent: var(--gossamer-on-accent, light-dark(#ffffff, #10211f));
    --_ink: var(--gossamer-ink, light-dark(#1a1b1a, #ececea));
    --_muted: var(--gossamer-muted, light-dark(#595b58, #a6a9a6));
    --_surface: var(--gossamer-surface, light-dark(#f6f6f4, #1e1f1f));
    --_raised: var(--gossamer-raised, light-dark(#ffffff, #2a2b2b));
    --_line: var(--gossamer-line, light-dark(#8b8c89, #7e817f));
    --_danger: var(--gossamer-danger, light-dark(#a02a1f, #ff9d8f));
  }
}

:host([hidden]), [hidden] { display: none !important; }

*, *::before, *::after { box-sizing: border-box; }

.box {
  display: flex;
  flex-direction: column;
  gap: 0.625rem;
}

.stage {
  position: relative;
  display: grid;
  place-items: center;
  overflow: hidden;
  aspect-ratio: var(--gossamer-aspect, 4 / 3);
  min-block-size: 11rem;
  max-inline-size: 100%;
  border: 1px solid transparent;
  border-radius: var(--_radius);
  background: var(--_surface);
}

.stage[data-state="empty"], .stage[data-state="failed"] { border: 2px dashed var(--_line); }

.stage[data-state="done"]:not([data-opaque]) {
  background: repeating-conic-gradient(
    var(--gossamer-checker-dark, #dedede) 0 25%, var(--gossamer-checker-light, #ffffff) 0 50%) 0 0 / 20px 20px;
}

.stage[data-dragging] { border: 2px solid var(--_accent); }

canvas, img {
  position: absolute;
  inset: 0;
  inline-size: 100%;
  block-size: 100%;
  object-fit: contain;
}

/* What is seen of the two is told apart at one line. */
.stage[data-state="done"] .original { clip-path: inset(0 calc(100% - var(--_split, 0%)) 0 0); }
.stage[data-state="done"] .cutout { clip-path: inset(0 0 0 var(--_split, 0%)); }
.stage[data-state="working"] .original, .stage[data-state="ready"] img { opacity: 0.45; }

.invite, .work {
  position: relative;
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 0.5rem;
  max-inline-size: 100%;
  padding: 1rem;
  text-align: center;
}

.work { inline-size: min(18rem, calc(100% - 2rem)); }
.stage[data-state="ready"] .invite { max-inline-size: calc(100% - 2rem); }

/* Words over a photo. */
.work, .stage[data-state="ready"] .invite {
  border-radius: var(--_radius);
  background: var(--_raised);
  box-shadow: 0 2px 12px rgb(0 0 0 / 18%);
}

.stage[data-state="ready"] slot[name="placeholder"] { display: none; }

.mark {
  inline-size: 2.5rem;
  block-size: 2.5rem;
  color: var(--_accent);
}

.hint, .private, .status { margin: 0; color: var(--_muted); overflow-wrap: anywhere; }
.private { font-size: 0.8125rem; }
.status { min-block-size: 1.4em; }
.status[data-failed] { color: var(--_danger); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }

button {
  min-block-size: 2.5rem;
  max-inline-size: 100%;
  padding: 0.375rem 0.875rem;
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  background: var(--_raised);
  color: var(--_ink);
  font: inherit;
  cursor: pointer;
}

button.primary {
  border-color: var(--_accent);
  background: var(--_accent);
  color: var(--_on-accent);
  font-weight: 600;
}

button:hover:not(:disabled) { filter: brightness(0.95); }
button:disabled, input:disabled { cursor: not-allowed; }
:host(:state(disabled)) .box { opacity: 0.55; }

:focus-visible {
  outline: 2px solid var(--_accent);
  outline-offset: 2px;
}

.tools { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.tools button { flex: 1 1 auto; }

progress { inline-size: 100%; block-size: 0.5rem; accent-color: var(--_accent); }

/* The slider lies over the whole picture; all that is seen of it is a line with a grip. */
.compare {
  position: absolute;
  inset: 0;
  inline-size: 100%;
  block-size: 100%;
  margin: 0;
  background: none;
  appearance: none;
  cursor: ew-resize;
  touch-action: pan-y;
}

.compare:focus-visible { outline-offset: -3px; }

.compare::-webkit-slider-runnable-track { block-size: 100%; background: none; }
.compare::-moz-range-track { block-size: 100%; background: none; }

.compare::-webkit-slider-thumb {
  appearance: none;
  inline-size: 2rem;
  block-size: 100%;
  background:
    radial-gradient(circle, #1a1b1a 0 4px, #ffffff 5px 11px, #1a1b1a 12px, transparent 13px) center / 2rem 2rem no-repeat,
    linear-gradient(#ffffff, #ffffff) center / 2px 100% no-repeat,
    linear-gradient(#1a1b1a, #1a1b1a) center / 4px 100% no-repeat;
}

.compare::-moz-range-thumb {
  inline-size: 2rem;
  block-size: 100%;
  border: 0;
  border-radius: 0;
  background:
    radial-gradient(circle, #1a1b1a 0 4px, #ffffff 5px 11px, #1a1b1a 12px, transparent 13px) center / 2rem 2rem no-repeat,
    linear-gradient(#ffffff, #ffffff) center / 2px 100% no-repeat,
    linear-gradient(#1a1b1a, #1a1b1a) center / 4px 100% no-repeat;
}

@media (forced-colors: active) {
  .stage { border-color: CanvasText; forced-color-adjust: none; }
  .compare { forced-color-adjust: none; }
}

@media (prefers-reduced-motion: no-preference) {
  .stage[data-state="working"] .original { transition: opacity 0.3s; }
}
`;

/** Sheets belong to the document they were made in. @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/** @param {ShadowRoot} root */
export function dress(root) {
  const { ownerDocument: document } = root;
  const window = document.defaultView;
  if (!window) return; // not shown anywhere
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new window.CSSStyleSheet();
    sheet.replaceSync(TEXT);
    sheets.set(document, sheet);
  }
  root.adoptedStyleSheets = [sheet];
}
