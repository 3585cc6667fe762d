/** Photos to try at once, which come with the page: a row of thumbnails. @module */

/** @import { Key } from '../../words/words.js' */
/** @import { Incoming } from './gathering.js' */
import { onLanguage, t } from '../../words/words.js';
import { h, setText } from '../dom.js';

/** Their files in samples/, and the keys of their names. @type {Record<string, Key>} */
const SAMPLES = {
  portrait: 'intake.sample.portrait',
  cat: 'intake.sample.cat',
  cup: 'intake.sample.cup',
  filming: 'intake.sample.filming',
};
const THUMBNAIL_SIDE_PX = 128;

/**
 * @param {HTMLElement} host
 * @param {(photos: Incoming[]) => void} onfiles
 */
export function mountSamples(host, onfiles) {
  const title = h('p', { id: 'samples-title', className: 'samples-title' });
  const trouble = h('p', { className: 'samples-trouble', role: 'alert' });
  const buttons = Object.entries(SAMPLES).map(([name, key]) => {
    const label = h('span');
    // Not dragged: let go of over the page, it would be taken for a photo that can't be read.
    const image = h('img', {
      loading: 'lazy', decoding: 'async', draggable: false, alt: '',
      width: THUMBNAIL_SIDE_PX, height: THUMBNAIL_SIDE_PX, src: address(`${name}-small.webp`),
    });
    const button = h('button', { type: 'button', className: 'sample', dataset: { sample: name } }, image, label);
    button.addEventListener('click', () => use(name, button));
    return { button, label, key };
  });

  /** @param {string} name @param {HTMLButtonElement} button */
  const use = async (name, button) => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    setText(trouble, '');
    const file = await fetchSample(name).catch(() => null);
    button.ariaBusy = null;
    if (file) onfiles([{ file, path: '' }]);
    else setText(trouble, t('intake.sampleMissing'));
  };
  const render = () => {
    setText(title, t('intake.samples'));
    for (const { label, key } of buttons) setText(label, t(key));
    if (trouble.textContent) setText(trouble, t('intake.sampleMissing'));
  };
  const row = h('div', { className: 'samples-row', role: 'group' }, ...buttons.map(({ button }) => button));
  row.setAttribute('aria-labelledby', title.id);
  host.replaceChildren(title, row, trouble);
  onLanguage(render);
  render();
}

/** @param {string} name */
async function fetchSample(name) {
  const response = await fetch(address(`${name}.jpg`));
  if (!response.ok) throw new Error(`The sample answered ${response.status}.`);
  return new File([await response.blob()], `${name}.jpg`, { type: 'image/jpeg' });
}

/** @param {string} file */
const address = (file) => new URL(`../../samples/${file}`, import.meta.url).href;
