/** How large a brush is, in one place for the viewer and for the panel that sets it. @module */

/**
 * Its radius in CSS px, whatever the zoom: who looks closer paints finer. One step of a key or a wheel is a ratio.
 *
 * @type {Readonly<{ first: number, least: number, most: number, step: number }>}
 */
export const BRUSH = Object.freeze({ first: 16, least: 1, most: 200, step: 1.2 });
