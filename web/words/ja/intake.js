/** What is said of files that come in, and the samples, in Japanese. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'intake'>} */
export const intake = {
  'intake.looking': 'フォルダを調べています：現在{count}枚',

  'intake.nothingPasted': 'クリップボードに画像がありません',
  'intake.nothingDropped': 'ファイルではありませんでした。画像を保存してから、ここにドロップしてください',
  'intake.emptyFolder': 'このフォルダに写真がありません',
  'intake.noPhotos': '{count}個のファイルのうち、写真は1つもありません',
  'intake.raw': 'カメラのRAWファイルです。先にJPEGまたはTIFFで書き出してください',
  'intake.video': '動画です。先に静止画として保存してください',
  'intake.pdf': 'PDFです。先に中の画像をJPEGまたはPNGで保存してください',
  'intake.svg': 'SVGは図形で、写真ではありません。先にPNGで保存してください',
  'intake.unread': 'この種類の画像は読み取れません。先にJPEGまたはPNGで保存してください',

  'intake.full': '最初の{count}枚だけを取り込みました。',
  'intake.deep': '{count}階層より深いフォルダは除きました。',
  'intake.skipped': '写真ではない{count}個のファイルを除きました。',
  'intake.skippedRaw': '{count}個のRAWファイルを除きました。先にJPEGまたはTIFFで書き出してください。',
  'intake.unreadable': '{count}個のファイルまたはフォルダを読み取れませんでした。',

  'intake.samples': 'または、見本で試す',
  'intake.sample.portrait': '人物',
  'intake.sample.cat': '猫',
  'intake.sample.cup': 'カップ',
  'intake.sample.filming': '撮影中',
  'intake.sampleMissing': 'この見本を取得できません。接続を確認して、もう一度お試しください。',
};
