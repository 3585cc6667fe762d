/// <reference path="../../web/element/tag.d.ts" />
import type { Extra, Outcome, RemoveOptions } from './in-page.js';
import type { Lab } from './viewer-page.js';

declare global {
  /** What browsers.test.mjs hears in pages. */
  var complaints: string[];
  /** What viewer-page.js puts into its page. */
  var lab: Lab;
  /** Their durations, since the last look; ms. */
  var longTasks: number[];
  /** The queue on the page of tests/support/pages. */
  function queueOf(): import('../../web/page/queue/queue.js').Queue;

  /** What in-page.js puts into pages. */
  var e2e: {
    violations: string[];
    /** Last reported. */
    stage: string;
    load(): Promise<typeof import('../../web/gossamer.js')>;
    bytes(base64: string): Uint8Array<ArrayBuffer>;
    base64(blob: Blob): Promise<string>;
    cut(source: unknown, options?: RemoveOptions, extra?: Extra): Promise<Outcome>;
  };

  /** What fake-engine.js puts into pages. */
  var fake: { calls: { wishes: import('../../web/element/messages.js').Wishes, name: string }[], go(): void };
  /** What tests of the element put into pages: the element, and what is in its shadow tree. */
  function cutout(): import('../../web/gossamer-element.js').GossamerCutout;
  function inside(selector: string): HTMLElement;
  /** A call of the engine in the frame, as the element makes it. */
  function call(id: number): import('../../web/element/messages.js').Remove;
  /** What they collect. */
  var seen: { type: string, detail: Record<string, unknown> }[];
}
