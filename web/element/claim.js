/**
 * How many pixels a picture claims to have, read from the first bytes of its file: decoding it would be too late to
 * find out. Of the formats that most photos have; of others a browser's decoder may see another size than the head says.
 *
 * @module
 */

/** Enough to pass by what cameras put before the size: a preview, a profile, a description. */
const HEAD_BYTES = 1 << 18;

const PNG = 0x89504e47;
const IHDR = 0x49484452;
const RIFF = 0x52494646;
const WEBP = 0x57454250;
const VP8 = 0x56503820;
const VP8L = 0x5650384c;
const VP8X = 0x56503858;

/**
 * @param {Blob} blob
 * @returns {Promise<number | null>} null for what is none of these formats, or hides its size well
 */
export async function claimedPixels(blob) {
  const head = new DataView(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  try {
    return ofPng(head) ?? ofJpeg(head) ?? ofWebp(head);
  } catch {
    return null; // it ends too early
  }
}

/** @param {DataView} head */
function ofPng(head) {
  if (head.getUint32(0) !== PNG || head.getUint32(12) !== IHDR) return null;
  return head.getUint32(16) * head.getUint32(20);
}

/** @param {DataView} head */
function ofJpeg(head) {
  if (head.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; head.getUint8(at) === 0xff; at += 2 + head.getUint16(at + 2)) {
    const marker = head.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return head.getUint16(at + 5) * head.getUint16(at + 7) || null; // no height yet: it comes at the end
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda)) return null; // padding, or the picture itself
  }
  return null;
}

/** @param {DataView} head */
function ofWebp(head) {
  if (head.getUint32(0) !== RIFF || head.getUint32(8) !== WEBP) return null;
  switch (head.getUint32(12)) {
    case VP8:
      return (head.getUint16(26, true) & 0x3fff) * (head.getUint16(28, true) & 0x3fff);
    case VP8L: {
      const sides = head.getUint32(21, true);
      return ((sides & 0x3fff) + 1) * (((sides >> 14) & 0x3fff) + 1);
    }
    case VP8X: // three bytes each
      return ((head.getUint32(24, true) & 0xffffff) + 1) * ((head.getUint32(26, true) >>> 8) + 1);
    default:
      return null;
  }
}
