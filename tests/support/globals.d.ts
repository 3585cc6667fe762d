import type { Extra, Outcome, RemoveOptions } from './in-page.js';
import type { Lab } from './viewer-page.js';

declare global {
  /** What browsers.test.mjs hears in pages. */
  var complaints: string[];
  /** What viewer-page.js puts into its page. */
  var lab: Lab;
  /** Their durations, since the last look; ms. */
  var longTasks: number[];
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
}
