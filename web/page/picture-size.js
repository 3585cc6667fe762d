/** How large a picture is, before any of its pixels is decoded. @module */

/**
 * @param {Blob} blob
 * @returns {Promise<{ width: number, height: number }>} as it is seen, its orientation applied; rejected where the
 *   browser can't show it, though the pipeline may still read it
 */
export async function pictureSize(blob) {
  const image = new Image();
  const url = URL.createObjectURL(blob);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error('the browser cannot show this picture'));
      image.src = url;
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width === 0 || height === 0) throw new Error('a picture without a size');
    return { width, height };
  } finally {
    URL.revokeObjectURL(url);
  }
}
