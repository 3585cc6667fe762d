/**
 * Which photos are small enough to be in work beside others. Any larger one is alone: memory is short where it is needed
 * most.
 *
 * @module
 */

const SMALL_BYTES = 6e6;
const SMALL_PIXELS = 12e6;

/** @param {Blob} file */
export const isSmallFile = ({ size }) => size <= SMALL_BYTES;

/** @param {{ width: number, height: number }} picture */
export const isSmallPicture = ({ width, height }) => width * height <= SMALL_PIXELS;
