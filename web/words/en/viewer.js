/** Words of the viewer: what is seen of the photo, and the tools that are used on it. @module */

export const viewer = {
  'viewer.name': 'Photo, close up',
  'viewer.help': 'Plus and minus zoom, 0 fits the photo, 1 shows its true pixels, arrow keys move.',
  'viewer.help.brush': 'Arrow keys move the brush, Shift makes their steps small. Space or Enter paints a dot, Shift and '
    + 'Enter a line from the last one. [ and ] change the size, Escape takes a stroke back while you draw it. '
    + 'Plus and minus zoom, 0 fits the photo.',
  'viewer.help.frame': 'Tab reaches the frame and its eight handles. Arrow keys move them, with Shift by one pixel.',

  'viewer.picture.empty': 'No photo yet',
  'viewer.picture.photo': 'The original photo',
  'viewer.picture.glance': 'A first, coarse cut-out',
  'viewer.picture.cutout': 'The photo without its background',
  'viewer.picture.matte': 'The matte: white is kept, black is gone',
  'viewer.picture.trimap': 'The trimap: light is kept, dark is gone, striped is the unknown band between',
  'viewer.picture.sureness': 'Sureness: what is bright was hard to tell',

  'viewer.zoomed': 'Zoom {percent}\u00a0%',
  'viewer.brushSize': 'Brush size {size}',
  'viewer.painted.keep': 'Kept here',
  'viewer.painted.erase': 'Erased here',
  'viewer.painted.unsure': 'Marked as unsure',
  'viewer.takenBack': 'Stroke taken back',

  'viewer.divider': 'Before and after',
  'viewer.dividerValue': '{percent}\u00a0% original',
  'viewer.before': 'Original',
  'viewer.after': 'Cut-out',

  'viewer.frame': 'Crop frame',
  'viewer.frame.move': 'Move the frame',
  'viewer.frame.nw': 'Top left corner',
  'viewer.frame.n': 'Top edge',
  'viewer.frame.ne': 'Top right corner',
  'viewer.frame.e': 'Right edge',
  'viewer.frame.se': 'Bottom right corner',
  'viewer.frame.s': 'Bottom edge',
  'viewer.frame.sw': 'Bottom left corner',
  'viewer.frame.w': 'Left edge',
  'viewer.frame.size': '{width} × {height}\u00a0px',
};
