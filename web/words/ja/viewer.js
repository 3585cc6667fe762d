/** Words of the viewer, in Japanese. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'viewer'>} */
export const viewer = {
  'viewer.name': '写真の拡大表示',
  'viewer.help': 'プラスとマイナスで拡大・縮小、0で全体表示、1で等倍表示、矢印キーで移動します。',
  'viewer.help.brush': '矢印キーでブラシを動かします。Shiftを押すと細かく動きます。スペースまたはEnterで点を、Shift+Enterで'
    + '最後の点からの線を描きます。[ と ] でサイズを変え、描いている途中のストロークはEscで取り消します。プラスとマイナスで拡大・縮小、'
    + '0で全体表示です。',
  'viewer.help.frame': 'Tabで枠と8つのハンドルに移ります。矢印キーで動かし、Shiftを押すと1ピクセルずつ動きます。',

  'viewer.picture.empty': '写真はまだありません',
  'viewer.picture.photo': '元の写真',
  'viewer.picture.glance': '最初の粗い切り抜き',
  'viewer.picture.cutout': '背景を消した写真',
  'viewer.picture.matte': 'マット：白は残り、黒は消えます',
  'viewer.picture.trimap': 'トライマップ：明るい部分は残り、暗い部分は消え、縞模様はその間の未知領域です',
  'viewer.picture.sureness': '確信度：明るい部分は判別が難しかったところです',

  'viewer.zoomed': '表示倍率{percent}%',
  'viewer.brushSize': 'ブラシのサイズ{size}',
  'viewer.painted.keep': 'ここを残しました',
  'viewer.painted.erase': 'ここを消しました',
  'viewer.painted.unsure': '不確かとして印を付けました',
  'viewer.takenBack': 'ストロークを取り消しました',

  'viewer.divider': '前と後を比べる',
  'viewer.dividerValue': '元の写真{percent}%',
  'viewer.before': '元の写真',
  'viewer.after': '切り抜き',

  'viewer.frame': 'トリミング枠',
  'viewer.frame.move': '枠を移動',
  'viewer.frame.nw': '左上の角',
  'viewer.frame.n': '上の辺',
  'viewer.frame.ne': '右上の角',
  'viewer.frame.e': '右の辺',
  'viewer.frame.se': '右下の角',
  'viewer.frame.s': '下の辺',
  'viewer.frame.sw': '左下の角',
  'viewer.frame.w': '左の辺',
  'viewer.frame.size': '{width} × {height}\u00a0px',
};
