/** Errors and notices by their codes, in Japanese. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'error' | 'notice'>} */
export const errors = {
  'error.unexplained': 'このページで問題が起きました。',
  'error.unexplained.advice': 'もう一度お試しください。再び起きた場合は、ページを再読み込みしてください。',

  'error.input-empty': 'ファイルが空です。',
  'error.input-empty.advice': '別のファイルを選択してください。',
  'error.input-format': '画像ではないか、読み取れない種類のファイルです。',
  'error.input-format.advice': 'JPEG、PNG、WebP、HEIC、AVIF、GIF、BMP、TIFFのファイルを使ってください。',
  'error.input-damaged': '画像が途中で切れているか、壊れています。',
  'error.input-damaged.advice': '元の場所からファイルを取得し直してください。',
  'error.input-too-large': '画像が大きすぎます。',
  'error.input-too-large.advice': '1億画素以下に縮小してください。',
  'error.decoder-unavailable': 'このブラウザでは、この種類の画像を開けません。',
  'error.decoder-unavailable.advice': 'JPEGまたはPNGで保存して、それを使ってください。',
  'error.option-invalid': '設定の値が正しくありません。',
  'error.option-invalid.advice': '設定を変えて、もう一度お試しください。',
  'error.model-unavailable': 'ニューラルネットが見つかりません。',
  'error.model-unavailable.advice': 'ページを再読み込みして、もう一度お試しください。',
  'error.inference-failed': 'ニューラルネットを実行できませんでした。',
  'error.inference-failed.advice': 'もう一度お試しください。',
  'error.output-too-large': 'この種類のファイルには画像が大きすぎます。',
  'error.output-too-large.advice': 'PNGで保存してください。',
  'error.out-of-memory': 'この画像を処理するメモリが足りません。',
  'error.out-of-memory.advice': 'ほかのタブやアプリを閉じるか、小さい画像を使ってください。',
  'error.internal': 'Gossamerの内部で問題が起きました。',
  'error.internal.advice': 'もう一度お試しください。再び起きた場合は、ご報告ください。',
  'error.source-unreachable': 'ファイルを読み取れません。',
  'error.source-unreachable.advice': '移動または変更された可能性があります。もう一度選択してください。',
  'error.asset-missing': 'Gossamerの一部を取得できません。',
  'error.asset-missing.advice': '接続を確認して、もう一度お試しください。',
  'error.asset-corrupt': 'Gossamerの一部が、本来のファイルと異なっています。',
  'error.asset-corrupt.advice': 'ページを再読み込みしてください。',
  'error.unsupported-browser': 'このブラウザではGossamerを実行できません。',
  'error.unsupported-browser.advice': '最新のChrome、Edge、Firefox、Safariを使ってください。',
  'error.start-failed': 'Gossamerを起動できませんでした。',
  'error.start-failed.advice': 'ページを再読み込みして、もう一度お試しください。',
  'error.worker-died': 'ブラウザが処理を打ち切りました。メモリ不足と考えられます。',
  'error.worker-died.advice': 'もう一度お試しください。再び失敗する場合は、小さい画像を使ってください。',

  'notice.first-frame': 'アニメーションのため、最初の画像を使いました。',
  'notice.colour-converted': '色をRGBに変換しました。',
  'notice.hdr-flattened': 'この画像はHDR画面用です。色が淡くなることがあります。',
  'notice.eight-bit': '色は8ビットです。このファイルから16ビットは得られません。',
  'notice.subject-unsure': 'この写真の被写体がはっきりしません。切り抜きを確認するか、人物か物かを指定してください。',
  'notice.low-memory': 'メモリが足りなかったため、この写真の切り抜きは粗くなっています。'
    + 'ほかのタブやアプリを閉じて、もう一度お試しください。',
  'notice.subject-missing': 'この写真に被写体が見つかりませんでした。',
};
