/** Words of the viewer, in Arabic. @module */

/** @import { Section } from '../words.js' */

/** @type {Section<'viewer'>} */
export const viewer = {
  'viewer.name': 'الصورة عن قرب',
  'viewer.help': 'مفتاحا الزائد والناقص للتكبير والتصغير، و0 لملاءمة الصورة، و1 لعرض وحدات البكسل الفعلية، ومفاتيح الأسهم للتحريك.',
  'viewer.help.brush': 'تحرّك مفاتيح الأسهم الفرشاة، وبخطوات صغيرة مع Shift. ترسم المسافة أو Enter نقطة، وShift مع Enter خطًا من '
    + 'النقطة الأخيرة. يغيّر [ و] الحجم، ويلغي Escape الضربة أثناء رسمها. مفتاحا الزائد والناقص للتكبير والتصغير، و0 لملاءمة الصورة.',
  'viewer.help.frame': 'ينقلك Tab إلى الإطار ومقابضه الثمانية. تحرّكها مفاتيح الأسهم، ومع Shift بكسلًا واحدًا في كل مرة.',

  'viewer.picture.empty': 'لا صورة بعد',
  'viewer.picture.photo': 'الصورة الأصلية',
  'viewer.picture.glance': 'تفريغ أولي تقريبي',
  'viewer.picture.cutout': 'الصورة دون خلفيتها',
  'viewer.picture.matte': 'قناع ألفا: الأبيض باقٍ والأسود محذوف',
  'viewer.picture.trimap': 'الخريطة الثلاثية: الفاتح باقٍ والداكن محذوف، والمخطط هو النطاق المجهول بينهما',
  'viewer.picture.sureness': 'درجة اليقين: ما كان ساطعًا صعب تمييزه',

  'viewer.zoomed': 'التكبير {percent}\u200e%\u200e',
  'viewer.brushSize': 'حجم الفرشاة {size}',
  'viewer.painted.keep': 'أُبقي هنا',
  'viewer.painted.erase': 'مُحي هنا',
  'viewer.painted.unsure': 'عُلّم بأنه غير مؤكد',
  'viewer.takenBack': 'أُلغيت الضربة',

  'viewer.divider': 'قبل وبعد',
  'viewer.dividerValue': '{percent}\u200e%\u200e من الأصل',
  'viewer.before': 'الأصل',
  'viewer.after': 'المفرّغة',

  'viewer.frame': 'إطار الاقتصاص',
  'viewer.frame.move': 'تحريك الإطار',
  'viewer.frame.nw': 'الزاوية العلوية اليسرى',
  'viewer.frame.n': 'الحافة العلوية',
  'viewer.frame.ne': 'الزاوية العلوية اليمنى',
  'viewer.frame.e': 'الحافة اليمنى',
  'viewer.frame.se': 'الزاوية السفلية اليمنى',
  'viewer.frame.s': 'الحافة السفلية',
  'viewer.frame.sw': 'الزاوية السفلية اليسرى',
  'viewer.frame.w': 'الحافة اليسرى',
  'viewer.frame.size': '\u2066{width} × {height}\u2069\u00a0بكسل',
};
