/** Errors and notices by their codes, in Arabic. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'error' | 'notice'>} */
export const errors = {
  'error.unexplained': 'حدث خطأ في هذه الصفحة.',
  'error.unexplained.advice': 'حاول مرة أخرى. إذا تكرر الخطأ فأعد تحميل الصفحة.',

  'error.input-empty': 'الملف فارغ.',
  'error.input-empty.advice': 'اختر ملفًا آخر.',
  'error.input-format': 'هذا الملف ليس صورة، أو نوعه غير قابل للقراءة.',
  'error.input-format.advice': 'استخدم ملفًا بصيغة JPEG أو PNG أو WebP أو HEIC أو AVIF أو GIF أو BMP أو TIFF.',
  'error.input-damaged': 'الصورة مبتورة أو تالفة.',
  'error.input-damaged.advice': 'احصل على الملف مجددًا من مصدره.',
  'error.input-too-large': 'الصورة كبيرة جدًا.',
  'error.input-too-large.advice': 'صغّرها إلى 100 ميغابكسل على الأكثر.',
  'error.decoder-unavailable': 'لا يستطيع هذا المتصفح فتح هذا النوع من الصور.',
  'error.decoder-unavailable.advice': 'احفظها بصيغة JPEG أو PNG واستخدم ذلك الملف.',
  'error.option-invalid': 'لأحد الإعدادات قيمة غير صالحة.',
  'error.option-invalid.advice': 'غيّر الإعداد وحاول مرة أخرى.',
  'error.model-unavailable': 'إحدى الشبكات العصبية مفقودة.',
  'error.model-unavailable.advice': 'أعد تحميل الصفحة وحاول مرة أخرى.',
  'error.inference-failed': 'تعذّر تشغيل الشبكة العصبية.',
  'error.inference-failed.advice': 'حاول مرة أخرى.',
  'error.output-too-large': 'الصورة كبيرة جدًا على هذا النوع من الملفات.',
  'error.output-too-large.advice': 'احفظها بصيغة PNG.',
  'error.out-of-memory': 'الذاكرة لا تكفي لهذه الصورة.',
  'error.out-of-memory.advice': 'أغلق علامات تبويب وبرامج أخرى، أو استخدم صورة أصغر.',
  'error.internal': 'حدث خطأ داخل Gossamer.',
  'error.internal.advice': 'حاول مرة أخرى. إذا تكرر الخطأ فأبلغ عنه من فضلك.',
  'error.source-unreachable': 'تعذّرت قراءة الملف.',
  'error.source-unreachable.advice': 'ربما نُقل أو تغيّر: اختره مرة أخرى.',
  'error.asset-missing': 'تعذّر تنزيل جزء من Gossamer.',
  'error.asset-missing.advice': 'تحقق من الاتصال وحاول مرة أخرى.',
  'error.asset-corrupt': 'أحد أجزاء Gossamer ليس الملف المتوقع.',
  'error.asset-corrupt.advice': 'أعد تحميل الصفحة.',
  'error.unsupported-browser': 'لا يستطيع هذا المتصفح تشغيل Gossamer.',
  'error.unsupported-browser.advice': 'استخدم إصدارًا حديثًا من Chrome أو Edge أو Firefox أو Safari.',
  'error.start-failed': 'تعذّر بدء Gossamer.',
  'error.start-failed.advice': 'أعد تحميل الصفحة وحاول مرة أخرى.',
  'error.worker-died': 'أنهى المتصفح العمل، لنقص الذاكرة على الأرجح.',
  'error.worker-died.advice': 'حاول مرة أخرى، وإن فشل ثانيةً فاستخدم صورة أصغر.',

  'notice.first-frame': 'هذه صورة متحركة: استُخدم إطارها الأول.',
  'notice.colour-converted': 'حُوّلت الألوان إلى RGB.',
  'notice.hdr-flattened': 'هذه الصورة معدّة لشاشات HDR، وقد تبدو ألوانها باهتة.',
  'notice.eight-bit': 'الألوان بعمق 8 بت: لا يتيح هذا الملف 16.',
  'notice.subject-unsure': 'موضوع هذه الصورة غير واضح. راجع الصورة المفرّغة، أو حدّد إن كان شخصًا أم شيئًا.',
  'notice.low-memory': 'كانت الذاكرة قليلة، فجاء تفريغ هذه الصورة أقل دقة. أغلق علامات تبويب أو برامج أخرى، '
    + 'ثم أعد المحاولة.',
  'notice.subject-missing': 'لم يُعثر على موضوع في هذه الصورة.',
};
