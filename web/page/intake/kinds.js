/**
 * What a file seems to be, by its name and by the type that the system gives it: to leave out of a folder what is no
 * photo, and to find words for it. What it really is, the pipeline sees in its bytes.
 *
 * @module
 */

/** @typedef {'photo' | 'unknown' | 'raw' | 'video' | 'pdf' | 'svg' | 'unread' | 'other'} Kind */

const PHOTO_TYPES = /^image\/(jpe?g|pjpeg|png|apng|webp|gif|bmp|x-ms-bmp|tiff|hei[cf](-sequence)?|avif)$/;
const PHOTO_NAMES = /\.(jpe?g|jfif|png|webp|gif|bmp|tiff?|hei[cf]|hif|avif)$/i;
const RAW_NAMES = new RegExp('\\.(3fr|arw|cr[23w]|dcr|dng|erf|fff|iiq|k25|kdc|mef|mos|mrw|nef|nrw|orf|pef|raf|raw|rw[2l]'
  + '|sr[2fw]|x3f)$', 'i');
const VIDEO_NAMES = /\.(mp4|m4v|mov|avi|mkv|webm|mts|3gp|wmv)$/i;

/**
 * @param {Pick<File, 'name' | 'type'>} file
 * @returns {Kind} `unknown` where neither name nor type says anything
 */
export function kindOf({ name, type }) {
  if (RAW_NAMES.test(name)) return 'raw'; // some systems call them pictures
  if (PHOTO_TYPES.test(type)) return 'photo';
  if (type === 'image/svg+xml' || /\.svgz?$/i.test(name)) return 'svg';
  if (type === 'application/pdf' || /\.pdf$/i.test(name)) return 'pdf';
  if (type.startsWith('video/') || VIDEO_NAMES.test(name)) return 'video';
  if (PHOTO_NAMES.test(name)) return 'photo';
  if (type.startsWith('image/')) return 'unread';
  return type === '' && !/\.\w{1,5}$/.test(name) ? 'unknown' : 'other';
}

/** Files and folders that systems hide, and those that they leave beside photos. @param {string} name */
export const isHidden = (name) => /^(\.|__MACOSX$|@eaDir$|\$RECYCLE\.BIN$|Thumbs\.db$|desktop\.ini$)/i.test(name);
