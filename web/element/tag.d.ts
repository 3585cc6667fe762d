/** What JavaScript can't say: the element's name in HTML, and the events it sends. */

import type { GossamerError } from '../shared/errors.js';
import type { CutoutProgress, CutoutResult, GossamerCutout } from '../gossamer-element.js';

export interface GossamerCutoutEventMap extends Omit<HTMLElementEventMap, 'abort' | 'progress' | 'error'> {
  loadstart: Event;
  progress: CustomEvent<CutoutProgress>;
  result: CustomEvent<CutoutResult>;
  error: CustomEvent<GossamerError>;
  abort: Event;
}

declare module '../gossamer-element.js' {
  interface GossamerCutout {
    addEventListener<Type extends keyof GossamerCutoutEventMap>(
      type: Type, listener: Listener<Type>, options?: boolean | AddEventListenerOptions,
    ): void;
    addEventListener(
      type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions,
    ): void;
    removeEventListener<Type extends keyof GossamerCutoutEventMap>(
      type: Type, listener: Listener<Type>, options?: boolean | EventListenerOptions,
    ): void;
    removeEventListener(
      type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions,
    ): void;
  }
}

type Listener<Type extends keyof GossamerCutoutEventMap> =
  (this: GossamerCutout, event: GossamerCutoutEventMap[Type]) => unknown;

declare global {
  interface HTMLElementTagNameMap {
    'gossamer-cutout': GossamerCutout;
  }
}
